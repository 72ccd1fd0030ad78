//! The resident's wallet (电子证照).

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use contract::api::CertificateView;
use serde::Deserialize;

use crate::backend::Backend;
use crate::certificate::{issued, view};
use crate::error::ApiError;
use crate::extract::{Json, Parameters, Path};
use crate::partners::in_changde;
use crate::renewal;
use crate::routes::qr;
use crate::session::SignedIn;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wanted {
    r#type: Option<String>,
}

/// Certificates of a kind, or all of them.
#[utoipa::path(get, path = "/api/certificates", tag = "certificates",
    params(("type" = Option<String>, Query, description = "for example `property-title`")),
    responses((status = 200, body = Vec<CertificateView>), (status = 401), (status = 503)))]
pub(super) async fn list_certificates(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Parameters(wanted): Parameters<Wanted>,
) -> Result<Json<Vec<CertificateView>>, ApiError> {
    let wallet = backend.partners.certificates.wallet(&citizen).await?;
    let fits = |r#type: &str| wanted.r#type.as_ref().is_none_or(|wanted| wanted == r#type);
    let own = backend.store.issued_of(&citizen.id).await?;
    let today = in_changde(backend.now()).date();
    let mut all = Vec::new();
    for one in own.iter().filter(|one| fits(&one.r#type)) {
        let renewal = renewal::offered(&backend, &citizen.id, one).await?;
        all.push(CertificateView { renewal, ..issued(one, today) });
    }
    all.extend(wallet.iter().filter(|one| fits(&one.r#type)).map(|one| view(one, today)));
    Ok(Json(all))
}

/// The address at which a window verifies a certificate that was issued here, as a picture.
#[utoipa::path(get, path = "/api/certificates/{code}/qr.svg", tag = "certificates", params(("code" = String, Path)),
    responses((status = 200, content_type = "image/svg+xml", body = String), (status = 401), (status = 404)))]
pub(super) async fn draw_certificate_code(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(code): Path<String>,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let issued = backend.store.issued_with(&code).await?.ok_or(ApiError::NotFound)?;
    backend.store.case_of(&citizen.id, &issued.reference).await?.ok_or(ApiError::NotFound)?;
    qr::drawn(&backend, &headers, &format!("/check/{code}"))
}

//! The resident's wallet (电子证照).

use axum::extract::State;
use contract::api::CertificateView;
use serde::Deserialize;

use crate::backend::Backend;
use crate::certificate::view;
use crate::error::ApiError;
use crate::extract::{Json, Parameters};
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
    Ok(Json(wallet.iter().filter(|certificate| fits(&certificate.r#type)).map(view).collect()))
}

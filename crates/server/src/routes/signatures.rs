//! Names written with the finger, under the answers as they stand.

use axum::extract::State;
use axum::response::Response;
use contract::api::{Draft, ProblemDocument, SignatureRequest};
use contract::kinds::are_strokes;
use contract::service::Severity;
use contract::{FieldError, Text};
use serde_json::{Value, json};

use crate::backend::Backend;
use crate::draft::OpenDraft;
use crate::error::ApiError;
use crate::extract::{IfMatch, Json, Path};
use crate::partners::rfc3339;
use crate::routes::drafts::tagged;
use crate::session::SignedIn;

/// Signs the answers of the version that is named in If-Match: the signature keeps their hash, and does not outlive a
/// change of them.
#[utoipa::path(post, path = "/api/drafts/{id}/signatures/{field}", tag = "drafts", request_body = SignatureRequest,
    params(("id" = String, Path), ("field" = String, Path), ("If-Match" = String, Header)),
    responses((status = 200, body = Draft), (status = 400, description = "the strokes are no lines"), (status = 401),
        (status = 404), (status = 412, body = ProblemDocument), (status = 428)))]
pub(super) async fn create_signature(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path((id, field)): Path<(String, String)>,
    IfMatch(version): IfMatch,
    Json(request): Json<SignatureRequest>,
) -> Result<Response, ApiError> {
    let draft = OpenDraft::of(&backend, &citizen, &id).await?.require_version(version)?;
    let journey = draft.journey();
    let is_asked = journey.shown_fields().any(|(path, shown)| path == field && shown.kind.signature().is_some());
    if !is_asked {
        return Err(ApiError::NotFound);
    }
    let (signed, at) = (draft.signed_hash(&journey), rfc3339(backend.now()));
    let signature = match (request.strokes, request.typed) {
        (Some(strokes), None) if are_strokes(&strokes) => json!({ "strokes": strokes, "signed": signed, "at": at }),
        (None, Some(typed)) => {
            require_signer(&draft, &field, &typed)?;
            json!({ "typed": typed.trim(), "signed": signed, "at": at })
        }
        _ => return Err(ApiError::Unreadable("send `strokes` such as `M10 20L30 40`, or the name `typed`".to_owned())),
    };
    let mut answers = draft.record.answers.clone();
    answers.set(&field, signature);
    Ok(tagged(&draft.save(&backend, &citizen, answers, None).await?))
}

/// A typed name must be that of the one who signs.
fn require_signer(draft: &OpenDraft, field: &str, typed: &str) -> Result<(), ApiError> {
    let found = draft.service.fields().find(|(_, one)| one.id == *field);
    let Some((step, signature)) = found.and_then(|(step, field)| Some((step, field.kind.signature()?))) else {
        return Err(ApiError::NotFound);
    };
    let journey = draft.journey();
    let name = journey.answers.get(&signature.signer).as_str().unwrap_or_default();
    let plain = |name: &str| Value::from(name.split_whitespace().collect::<String>().to_lowercase());
    if !name.is_empty() && plain(name) == plain(typed) {
        return Ok(());
    }
    Err(ApiError::Invalid(vec![FieldError {
        step: step.id.clone(),
        field: field.to_owned(),
        row: None,
        severity: Severity::Block,
        code: "not-the-signer".to_owned(),
        message: Text::new(format!("请打签名人的姓名：{name}"), format!("Type the name of the one who signs: {name}")),
    }]))
}

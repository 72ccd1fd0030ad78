//! A certificate from the resident's wallet: one tap instead of a photograph.

use contract::Text;
use contract::kinds::Certificate;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::api::Api;
use crate::draft_session::BoundField;
use crate::fetched::view_resource;
use crate::i18n::{tr, tr_text};
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::notice::Failure;

/// What of a certificate one chooses by.
#[derive(Clone, Deserialize)]
struct OwnCertificate {
    id: String,
    r#type: String,
    title: Text,
    number: String,
    holder: String,
}

#[component]
pub(super) fn CertificateField(field: BoundField, settings: &'static Certificate) -> impl IntoView {
    let api = expect_context::<Api>();
    let certificates = view_resource(move || {
        let field = field.clone();
        async move {
            let mut all: Vec<OwnCertificate> = api.certificates().await?;
            all.retain(|one| settings.types.contains(&one.r#type));
            Ok(ViewFn::from(move || match all.is_empty() {
                true => none_found().into_any(),
                false => picker(&field, all.clone()).into_any(),
            }))
        }
    });
    let retry = Callback::new(move |()| certificates.refetch());
    move || match certificates.get() {
        None => {
            let message = tr("正在查询您的证照…", "Checking your certificates…");
            view! { <p class="card-text">{message}</p> }.into_any()
        }
        Some(Ok(view)) => view.run(),
        Some(Err(error)) => view! { <Failure message=error.message() on_retry=retry /> }.into_any(),
    }
}

fn none_found() -> impl IntoView {
    let message = tr(
        "您的电子证照里没有这一类，可以改成拍照上传。",
        "There is none of this kind among your certificates, a photo will do.",
    );
    view! { <p class="notice">{message}</p> }
}

fn picker(field: &BoundField, all: Vec<OwnCertificate>) -> impl IntoView {
    let card = |one: &OwnCertificate| ChoiceCard {
        id: one.id.clone(),
        label: tr_text(&one.title),
        help: format!("{} · {} · {}", one.number, one.holder, tr("免提交", "no paper needed")),
    };
    let cards = all.iter().map(card).collect::<Vec<_>>();
    let (value_of, chosen_of) = (field.clone(), field.clone());
    let chosen = Memo::new(move |_| id_in(&value_of.value()).into_iter().collect::<Vec<_>>());
    let choose = move |(id, _): (String, bool)| {
        if let Some(one) = all.iter().find(|one| one.id == id) {
            chosen_of.set(json!({ "id": one.id, "title": one.title.zh, "number": one.number }));
            chosen_of.touch();
        }
    };
    view! { <Choices id=field.id() name=field.name() cards chosen on_choose=choose /> }
}

fn id_in(value: &Value) -> Option<String> {
    value.get("id").and_then(Value::as_str).map(str::to_owned)
}

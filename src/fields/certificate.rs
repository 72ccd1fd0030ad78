//! A certificate from the resident's wallet: one tap instead of a photograph.

use crate::ui::dom::View;
use contract::api::CertificateView;
use contract::json::table;
use contract::kinds::Certificate;
use markup::view;
use serde_json::Value;
use signals::{RwSignal, Signal};
use wasm_bindgen_futures::spawn_local;

use super::Slot;
use crate::api::{self, ApiError};
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::live::shows;
use crate::ui::notice::Failure;
use crate::words::t;

pub(super) fn view(slot: &Slot, settings: &'static Certificate) -> View {
    let found = RwSignal::new(None::<Result<Vec<CertificateView>, ApiError>>);
    let fetch = move || {
        found.set(None);
        spawn_local(async move {
            let all = api::certificates(None).await;
            found
                .set(Some(all.map(|all| all.into_iter().filter(|one| settings.types.contains(&one.r#type)).collect())));
        });
    };
    fetch();
    let slot = slot.clone();
    let list = move || match found.get() {
        None => view! { <p class="card-text">{t("正在看您的证照…", "Looking into your certificates…")}</p> },
        Some(Err(error)) => view! { <Failure says=error.says() on_again=move |()| fetch() /> },
        Some(Ok(all)) if all.is_empty() => {
            view! { <p class="notice">{t("您的电子证照里没有这一类，可以改成拍照上传。", "There is none of this kind among your certificates, a photo will do.")}</p> }
        }
        Some(Ok(all)) => picker(&slot, all),
    };
    shows(list)
}

fn picker(slot: &Slot, all: Vec<CertificateView>) -> View {
    let card = |one: &CertificateView| ChoiceCard {
        id: one.id.clone(),
        label: crate::words::say(&one.title),
        help: format!("{} · {} · {}", one.number, one.holder, t("免提交", "no paper needed")),
    };
    let cards = all.iter().map(card).collect::<Vec<_>>();
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let id_of = |value: &Value| value.get("id").and_then(Value::as_str).map(str::to_owned);
    let chosen = Signal::derive(move || id_of(&of_value.value()).into_iter().collect::<Vec<_>>());
    let choose = move |(id, _): (String, bool)| {
        if let Some(one) = all.iter().find(|one| one.id == id) {
            of_set.set(table([
                ("id", one.id.clone().into()),
                ("title", one.title.zh.clone().into()),
                ("number", one.number.clone().into()),
            ]));
            of_set.touch();
        }
    };
    view! { <Choices id=slot.id() name=slot.name() cards chosen on_choose=choose /> }
}

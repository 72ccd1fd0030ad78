//! A text to read and agree to. The whole text stands there; nothing is ticked beforehand.

use crate::ui::dom::View;
use contract::id::ConsentId;
use contract::json::table;
use markup::view;
use serde_json::Value;
use signals::Signal;

use super::Slot;
use crate::ui::choice::{ChoiceCard, Choices};
use crate::ui::live::{flag, live, on};
use crate::words::{say, t};

pub(super) fn view(slot: &Slot, id: &ConsentId) -> View {
    let Some(consent) = slot.desk.service.consent(id) else { return View::none() };
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let is_given = |value: &Value| value.get("accepted") == Some(&Value::Bool(true));
    let chosen = Signal::derive(move || if is_given(&of_value.value()) { vec!["yes".to_owned()] } else { Vec::new() });
    let version = consent.version;
    let choose = move |(_, on): (String, bool)| {
        of_set.set(if on { table([("accepted", true.into()), ("version", version.into())]) } else { Value::Null });
        of_set.touch();
    };
    let card = ChoiceCard {
        id: "yes".to_owned(),
        label: t("我已阅读并同意", "I have read this and agree").to_owned(),
        help: String::new(),
    };
    let refuse = can_be_refused(slot).then(|| refusal(slot, version));
    view! {
        <div class="consent-body" tabindex="0" role="region" aria-label=say(&consent.title)>{say(&consent.body)}</div>
        <Choices id=slot.id() name=slot.name() cards=vec![card] several=true chosen on_choose=choose />
        {refuse}
    }
}

/// A gate looks at it: whoever refuses is led to the window, not held up.
fn can_be_refused(slot: &Slot) -> bool {
    let service = slot.desk.service;
    service.gates.iter().any(|gate| {
        let mut paths = Vec::new();
        gate.stops_when.fields(service, &mut paths);
        paths.contains(&&*slot.field.id.0)
    })
}

fn refusal(slot: &Slot, version: u32) -> View {
    let (of_value, of_set) = (slot.clone(), slot.clone());
    let is_refused = flag(move || of_value.value().get("accepted") == Some(&Value::Bool(false)));
    let refuse = move |_| of_set.set(table([("accepted", false.into()), ("version", version.into())]));
    let words = live(move || match is_refused.get() {
        true => t(
            "您选了不同意。点“下一步”，告诉您到哪里办。",
            "You do not agree. Press “Next” to see where this can be done.",
        ),
        false => t("我不同意", "I do not agree"),
    });
    view! { <button type="button" class="link" data-refuse="true" aria-pressed=live(move || is_refused.get().to_string()) on:click=on(refuse)>{words}</button> }
}

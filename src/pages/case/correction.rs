//! What an office asks the applicant to correct or to send later, and the way to do it.

use contract::Text;
use contract::api::{CaseView, NewDraft, Reason};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::office::{ErrorNotice, last_day};
use crate::api::Api;
use crate::i18n::{tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::ui::page::MainButton;

/// What the applicant is to do now: a deferred field in both languages, a correction in the officer's own words.
#[component]
pub(super) fn CorrectionRequest(case: CaseView) -> impl IntoView {
    if case.correction_requests.is_empty() {
        return None;
    }
    let (title, lines) = match deferred(&case) {
        Some((text, until)) => {
            let line = view! { <li>{tr_text(text)}<br /><span class="card-text">{until}</span></li> };
            (tr("还有一步", "One more step"), line.into_any())
        }
        None => {
            let line = |reason: &Reason| view! { <li>{reason.says.clone()}</li> };
            (
                tr("需要补正（补充或更正）", "Corrections needed"),
                case.correction_requests.iter().map(line).map(IntoAny::into_any).collect_view().into_any(),
            )
        }
    };
    Some(view! {
        <section class="card" data-to-mend="true">
            <h2>{title}</h2>
            <ul class="rows">{lines}</ul>
        </section>
    })
}

/// What is asked for after the approval, and until when.
fn deferred(case: &CaseView) -> Option<(&Text, Option<String>)> {
    case.tasks.iter().find_map(|task| Some((task.asks.as_ref()?, last_day(task))))
}

/// Opens a draft of the same form, where it is asked.
#[component]
pub(super) fn CorrectionButton(case: CaseView) -> impl IntoView {
    let api = expect_context::<Api>();
    let router = expect_context::<Router<Route>>();
    let (busy, error) = (RwSignal::new(false), RwSignal::new(None));
    let label = match deferred(&case) {
        Some(_) => tr("去上传", "Upload now"),
        None => tr("去补正", "Make the corrections"),
    };
    let new = NewDraft {
        service: case.service,
        division: case.division,
        sibling_of: None,
        corrects: Some(case.reference),
        renews: None,
    };
    let press = move |()| {
        busy.set(true);
        let new = new.clone();
        spawn_local(async move {
            match api.create_draft(&new).await {
                Ok(draft) => router.go(&Route::Review { draft: draft.id }),
                Err(found) => {
                    error.try_set(Some(found));
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <ErrorNotice error />
        <MainButton label busy on_press=press />
    }
}

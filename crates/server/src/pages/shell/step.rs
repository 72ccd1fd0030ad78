//! A step, as `src/pages/step.rs` draws it: where one is, what it is about, and its questions as far as they are plain
//! controls.

use maud::{Markup, html};

use super::fields::fields;
use super::frame::{grievance_link, title, top_bar};
use super::place::DraftScreen;
use super::reader::Reader;
use crate::draft::OpenDraft;
use crate::partners::in_changde;

/// `None` for another screen of the draft, and for a step that is not on its way.
pub(super) fn step(draft: &OpenDraft, screen: &DraftScreen, reader: &Reader) -> Option<Markup> {
    let DraftScreen::Step { step: asked, from_review } = screen else { return None };
    let (service, journey) = (&draft.service, draft.journey());
    let shown = match asked {
        Some(asked) => journey.step(asked)?,
        None => service.entry_step(&journey, draft.record.step.as_deref())?,
    };
    let index = journey.steps.iter().position(|step| step.step.id == shown.step.id)?;
    let path = format!("/drafts/{}", draft.record.id);
    let back = match index.checked_sub(1).and_then(|before| journey.steps.get(before)) {
        _ if *from_review => format!("{path}/review"),
        Some(before) => format!("{path}/{}", before.step.id),
        None => format!("/services/{}", service.id),
    };
    let section = service.section(&shown.step.section).map(|section| reader.text(&section.title)).unwrap_or_default();
    let (count, steps) = (journey.steps.len(), reader.say("步", ""));
    let place = format!(
        "{} {} {} {count} {steps} · {section}",
        reader.say("第", "Step"),
        index + 1,
        reader.say("步，共", "of")
    );
    let help = shown.step.help.as_ref().map(|help| reader.text(help)).unwrap_or_default();
    let saved_at = in_changde(draft.record.saved_at);
    let saved =
        format!("{} {:02}:{:02}", reader.say("已保存", "Saved"), saved_at.time().hour(), saved_at.time().minute());
    let on = match from_review {
        true => reader.say("改好了，回去核对", "Done, back to review"),
        false => reader.say("下一步", "Next"),
    };
    Some(html! {
        div.page {
            (top_bar(reader, reader.text(&service.title), &back, Some(&saved)))
            progress.boot-progress value=(index) max=(count) aria-hidden="true" {}
            div.page-body {
                (title(reader.text(&shown.step.title), Some(&place), help))
                (fields(shown, draft, reader))
                (grievance_link(reader, &format!("{path}/{}", shown.step.id)))
            }
            div.bottom-bar {
                @if !from_review { a.button href=(back) { (reader.say("上一步", "Back")) } }
                // Pressed before the app hears it, it is pressed again once it does.
                button.button type="button" data-look="main" data-main="true" { (on) }
            }
        }
    })
}

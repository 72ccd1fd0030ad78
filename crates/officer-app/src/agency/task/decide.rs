//! The panel before a step that cannot be taken back: what the law rests on, the words, and how the applicant will read them.

use contract::api::Decision;
use contract::case::Action;
use markup::view;
use signals::RwSignal;

use super::side::ready;
use super::{Task, trouble};
use crate::agency::wording;
use crate::browser;
use crate::ui::control::{Control, ControlText, described_by};
use crate::ui::dom::{CollectView, View, event_target_value};
use crate::ui::live::{flag, live, on, shows};
use crate::ui::sheet::Sheet;
use crate::words::t;

/// A step that needs no words.
pub(super) fn plain(action: Action) -> Decision {
    Decision { action, says: String::new(), basis: String::new(), reasons: Vec::new() }
}

/// What is being written for a step.
#[derive(Clone, Copy)]
struct Panel {
    task: Task,
    action: Action,
    says: Words,
    basis: Words,
}

#[derive(Clone, Copy)]
struct Words {
    name: &'static str,
    text: RwSignal<String>,
    error: RwSignal<String>,
}

impl Words {
    fn new(name: &'static str, text: &str) -> Self {
        Self { name, text: RwSignal::new(text.to_owned()), error: RwSignal::default() }
    }

    fn trimmed(self) -> String {
        self.text.read_untracked().trim().to_owned()
    }

    fn write(self, text: String) {
        self.text.set(text);
        self.error.set(String::new());
    }

    /// Whether there are words; where they are missing or break off at a colon, says so at the place.
    fn is_there(self, missing: &str) -> bool {
        let is_there = !self.trimmed().is_empty() && !self.trimmed().ends_with('：');
        self.error.set(if is_there { String::new() } else { missing.to_owned() });
        if !is_there {
            browser::focus(format!("#{}", self.name));
        }
        is_there
    }
}

pub(super) fn panel(task: Task, action: Action) -> View {
    let panel = Panel { task, action, says: Words::new("says", usual(action)), basis: Words::new("basis", "") };
    let close = move |()| task.asking.set(None);
    let needs_basis = !wording::bases(action).is_empty();
    let is_gone = flag(move || !task.detail.read().actions.contains(&action));
    let look = if matches!(action, Action::Decline | Action::Refuse) { "stop" } else { "main" };
    view! {
        <Sheet title=wording::action(action) on_close=close>
            <div class="decision" data-decision=wording::word(action)>
                {shows(move || trouble(task))}
                {needs_basis.then(|| writing(panel.basis, t("法律依据", "Legal basis"), wording::bases(action)))}
                {writing(panel.says, t("说明", "What is said"), wording::sayings(action))}
                <section class="decision-preview" aria-label=t("申请人会读到", "What the applicant will read")>
                    <p class="queue-service">{t("申请人会读到", "What the applicant will read")}</p>
                    {shows(move || preview(panel))}
                </section>
                <div class="sheet-actions">
                    <button type="button" class="button" on:click=on(move |_| close(()))>{t("先不办", "Not now")}</button>
                    <button type="button" class="button" data-look=look data-confirm="true" disabled=is_gone aria-busy=live(move || task.busy.get().to_string()) on:click=on(move |_| confirm(panel))>
                        {format!("{}{}", t("确认", "Confirm: "), wording::action(action))}
                    </button>
                </div>
            </div>
        </Sheet>
    }
}

/// What is said of a step that is usually taken in the same words. Reasons are always the officer's own.
fn usual(action: Action) -> &'static str {
    let is_usual = matches!(action, Action::Return | Action::Approve | Action::Deliver);
    wording::sayings(action).first().filter(|_| is_usual).map_or("", |(_, text)| text)
}

fn writing(words: Words, label: &str, all: Vec<wording::Ready>) -> View {
    let text = ControlText { id: words.name.to_owned(), label: label.to_owned(), ..ControlText::default() };
    view! {
        <Control text error=words.error field=words.name kind="long-text">
            <textarea
                class="words" id=words.name name=words.name rows="3" aria-describedby=described_by(words.name)
                prop:value=words.text on:input=on(move |event| words.write(event_target_value(&event)))
            ></textarea>
            {ready(all, move |text| words.write(text.to_owned()))}
        </Control>
    }
}

/// The words, exactly as they are sent.
fn preview(panel: Panel) -> View {
    let (says, basis) = (panel.says.text.get(), panel.basis.text.get());
    let marks = if panel.action == Action::Return { panel.task.marks.get().unwrap_or_default() } else { Vec::new() };
    let reasons =
        marks.iter().map(|mark| view! { <li><strong>{mark.label.clone()}</strong>"："{mark.says.clone()}</li> });
    view! {
        <strong>{wording::notice(panel.action, panel.task.detail.read().licence)}</strong>
        {(!says.is_empty()).then(|| view! { <p>{says}</p> })}
        {(!marks.is_empty()).then(|| view! { <ol class="composer-list">{reasons.collect_view()}</ol> })}
        {(!basis.is_empty()).then(|| view! { <p>{basis}</p> })}
        {wording::remedies(panel.action).map(|remedies| view! { <p data-remedies="true">{remedies}</p> })}
    }
}

fn confirm(panel: Panel) {
    let Panel { task, action, says, basis } = panel;
    let needs_basis = !wording::bases(action).is_empty();
    if needs_basis && !basis.is_there(t("请写明依据的法律条款", "Name the law that this rests on")) {
        return;
    }
    let needs_words = matches!(action, Action::Pause | Action::Extend | Action::Decline | Action::Refuse);
    if needs_words
        && !says.is_there(t("请写明原因，申请人要看得懂", "Give the reason in words that the applicant understands"))
    {
        return;
    }
    let reasons = match action {
        Action::Return => {
            task.marks.get_untracked().unwrap_or_default().iter().map(super::marks::Mark::reason).collect()
        }
        _ => Vec::new(),
    };
    let remedies = wording::remedies(action).map(|remedies| format!("\n{remedies}")).unwrap_or_default();
    task.decide(Decision { action, says: says.trimmed() + &remedies, basis: basis.trimmed(), reasons });
}

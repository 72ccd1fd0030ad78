//! The panel before a step that cannot be taken back: what the law rests on, the officer's words, and how the applicant
//! will read them.

use contract::api::Decision;
use contract::case::Action;
use contract::service::ItemKind;
use leptos::prelude::*;

use super::corrections::{Correction, ReadyTexts};
use super::{ErrorNotice, OpenTask};
use crate::agency::wording::{self, ReadyText};
use crate::browser;
use crate::i18n::tr;
use crate::ui::control::{Control, ControlText, described_by};
use crate::ui::sheet::Sheet;

/// A step for which the officer writes nothing.
pub(super) fn without_words(action: Action) -> Decision {
    Decision { action, says: String::new(), basis: String::new(), not_needed: false, reasons: Vec::new() }
}

/// What is being written for a step.
#[derive(Clone, Copy)]
struct DecisionForm {
    task: OpenTask,
    action: Action,
    says: TextInput,
    basis: TextInput,
    /// Whether the ground that was chosen is that nothing needs to be applied for.
    not_needed: RwSignal<bool>,
}

#[derive(Clone, Copy)]
struct TextInput {
    name: &'static str,
    text: RwSignal<String>,
    error: RwSignal<String>,
}

impl TextInput {
    fn new(name: &'static str, text: &str) -> Self {
        Self { name, text: RwSignal::new(text.to_owned()), error: RwSignal::default() }
    }

    fn trimmed(self) -> String {
        self.text.with_untracked(|text| text.trim().to_owned())
    }

    fn write(self, text: String) {
        self.text.set(text);
        self.error.set(String::new());
    }

    /// Whether there is a text; where it is missing or breaks off at a colon, says so at the place.
    fn is_complete(self, error: &str) -> bool {
        let text = self.trimmed();
        let is_complete = !text.is_empty() && !text.ends_with('：');
        self.error.set(if is_complete { String::new() } else { error.to_owned() });
        if !is_complete {
            browser::focus(format!("#{}", self.name));
        }
        is_complete
    }
}

#[component]
pub(super) fn DecisionPanel(task: OpenTask, action: Action) -> impl IntoView {
    let kind = task.detail.with_untracked(|detail| detail.kind);
    let says = TextInput::new("says", &usual_text(action, kind));
    let form =
        DecisionForm { task, action, says, basis: TextInput::new("basis", ""), not_needed: RwSignal::new(false) };
    let close = move || task.deciding.set(None);
    let basis = basis_control(form);
    let choose = move |chosen: ReadyText| form.says.write(chosen.text);
    let texts = wording::ready_texts(action, kind);
    let is_gone = Memo::new(move |_| task.detail.with(|detail| !detail.actions.contains(&action)));
    let look = if matches!(action, Action::Decline | Action::Refuse) { "stop" } else { "main" };
    let confirm_label = format!("{}{}", tr("确认", "Confirm: "), wording::action_label(action, kind));
    view! {
        <Sheet title=wording::action_label(action, kind) on_close=move |()| close()>
            <div class="decision" data-decision=wording::json_name(action)>
                <ErrorNotice task />
                {basis}
                <TextControl input=form.says label=tr("说明", "What is said") texts on_choose=choose />
                <Preview form />
                <div class="sheet-actions">
                    <button type="button" class="button" on:click=move |_| close()>{tr("取消", "Cancel")}</button>
                    <button
                        type="button"
                        class="button"
                        data-look=look
                        data-confirm="true"
                        disabled=is_gone
                        aria-busy=move || task.is_busy.get().to_string()
                        on:click=move |_| confirm(form)
                    >
                        {confirm_label}
                    </button>
                </div>
            </div>
        </Sheet>
    }
}

/// The text of a step that is usually taken with the same one. Reasons are always the officer's own.
fn usual_text(action: Action, kind: ItemKind) -> String {
    let is_usual = matches!(action, Action::Return | Action::Approve | Action::Deliver);
    let usual = wording::ready_texts(action, kind).into_iter().next();
    usual.filter(|_| is_usual).map(|ready| ready.text).unwrap_or_default()
}

/// What the step rests on: the law, or the kind of a special procedure.
fn basis_control(form: DecisionForm) -> Option<impl IntoView> {
    let DecisionForm { task, action, .. } = form;
    let (is_needed, texts) = task
        .detail
        .with_untracked(|detail| (wording::needs_basis(action, detail), wording::legal_bases(action, detail)));
    let label = match action {
        Action::Pause => tr("特别程序的种类", "Kind of special procedure"),
        _ => tr("法律依据", "Legal basis"),
    };
    let choose = move |chosen: ReadyText| {
        form.not_needed.set(chosen.not_needed);
        form.basis.write(chosen.text);
    };
    is_needed.then(|| view! { <TextControl input=form.basis label texts on_choose=choose /> })
}

#[component]
fn TextControl(
    input: TextInput,
    label: &'static str,
    texts: Vec<ReadyText>,
    #[prop(into)] on_choose: Callback<ReadyText>,
) -> impl IntoView {
    let TextInput { name, text: value, error } = input;
    let text = ControlText { id: name.to_owned(), label: label.to_owned(), ..ControlText::default() };
    view! {
        <Control text error field=name kind="long-text">
            <textarea
                class="words"
                id=name
                name=name
                rows="3"
                aria-describedby=described_by(name)
                prop:value=value
                on:input=move |event| input.write(event_target_value(&event))
            ></textarea>
            <ReadyTexts texts on_choose />
        </Control>
    }
}

/// What the applicant will read, exactly as it is sent.
#[component]
fn Preview(form: DecisionForm) -> impl IntoView {
    let heading = tr("申请人会读到", "What the applicant will read");
    let paragraph = |text: String| (!text.is_empty()).then(|| view! { <p>{text}</p> });
    let title = move || {
        let kind = form.task.detail.with(|detail| detail.kind);
        wording::notice_title(form.action, kind, form.not_needed.get())
    };
    let corrections = move || match form.action {
        Action::Return => {
            form.task.corrections.get().filter(|corrections| !corrections.is_empty()).map(correction_list)
        }
        _ => None,
    };
    let remedies = form.task.detail.with_untracked(|detail| wording::remedies(form.action, detail));
    let remedies = remedies.map(|remedies| view! { <p data-remedies="true">{remedies}</p> });
    let valid_until = form.task.detail.with_untracked(|detail| detail.valid_until.clone());
    let valid_until = valid_until.filter(|_| form.action == Action::Approve).map(|day| {
        let says = format!("{}{day}", tr("证照有效期至 ", "The certificate is valid until "));
        view! { <p data-valid-until="true">{says}</p> }
    });
    view! {
        <section class="decision-preview" aria-label=heading>
            <p class="queue-service">{heading}</p>
            <strong>{title}</strong>
            {move || paragraph(form.says.text.get())}
            {corrections}
            {move || paragraph(form.basis.text.get())}
            {valid_until}
            {remedies}
        </section>
    }
}

fn correction_list(corrections: Vec<Correction>) -> impl IntoView {
    let line = |correction: Correction| view! { <li><strong>{correction.label}</strong>"："{correction.says}</li> };
    view! { <ol class="composer-list">{corrections.into_iter().map(line).collect_view()}</ol> }
}

fn confirm(form: DecisionForm) {
    let DecisionForm { task, action, says, basis, not_needed } = form;
    let (needs_basis, remedies) =
        task.detail.with_untracked(|detail| (wording::needs_basis(action, detail), wording::remedies(action, detail)));
    let no_basis = match action {
        Action::Pause => tr("请选一种特别程序", "Choose a kind of special procedure"),
        _ => tr("请写明依据的法律条款", "Name the law that this rests on"),
    };
    if needs_basis && !basis.is_complete(no_basis) {
        return;
    }
    let needs_words = matches!(action, Action::Pause | Action::Extend | Action::Decline | Action::Refuse);
    let missing = tr("请写明原因，申请人要看得懂", "Give the reason in words that the applicant understands");
    if needs_words && !says.is_complete(missing) {
        return;
    }
    let reasons = match action {
        Action::Return => task.corrections.with_untracked(|all| all.iter().flatten().map(Correction::reason).collect()),
        _ => Vec::new(),
    };
    let says = says.trimmed() + &remedies.map(|remedies| format!("\n{remedies}")).unwrap_or_default();
    let not_needed = not_needed.get_untracked();
    task.decide(Decision { action, says, basis: basis.trimmed(), not_needed, reasons });
}

//! One step: one topic, its fields, and the next step under the thumb.

mod error_summary;

use contract::journey::ShownField;
use contract::service::Step;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::error_summary::{ErrorSummary, focus_on};
use super::draft::SavedMark;
use super::grievance_link::GrievanceLink;
use crate::browser;
use crate::draft_session::{DraftSession, SaveState};
use crate::fields::FieldView;
use crate::i18n::{tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::uploads::Uploads;

#[component]
pub(crate) fn StepPage(session: DraftSession, step: Option<String>, from_review: bool) -> impl IntoView {
    let router = expect_context::<Router<Route>>();
    let asked = step.filter(|step| session.journey.with_untracked(|journey| journey.step(step).is_some()));
    let definition = asked.and_then(|asked| session.service.steps.iter().find(|step| *step.id == *asked));
    match definition {
        Some(step) => view! { <OpenStep session step from_review /> }.into_any(),
        None => {
            let step = Some(session.entry_step());
            router.replace_soon(Route::Step { draft: session.id(), step, from_review: false });
            ().into_any()
        }
    }
}

#[component]
fn OpenStep(session: DraftSession, step: &'static Step, from_review: bool) -> impl IntoView {
    session.visit(&step.id);
    browser::focus("h1");
    let position = Memo::new(move |_| session.journey.with(|journey| (position(session, step), journey.steps.len())));
    let section = session.service.section(&step.section).map(|section| tr_text(&section.title)).unwrap_or_default();
    let place = Signal::derive(move || {
        let (index, count) = position.get();
        format!("{} {} {} {count} {} · {section}", tr("第", "Step"), index + 1, tr("步，共", "of"), tr("步", ""))
    });
    let progress = move || {
        let (index, count) = position.get();
        format!("{}%", index * 100 / count.max(1))
    };
    let moving = MoveOn {
        session,
        step,
        from_review,
        has_pressed: RwSignal::new(false),
        is_busy: RwSignal::new(false),
        router: expect_context(),
        uploads: expect_context(),
    };
    let MoveOn { has_pressed, is_busy, uploads, .. } = moving;
    let label = Signal::derive(move || match is_busy.get() && uploads.is_sending(&session.id()) {
        true => tr("照片还在传…", "Sending photos…").to_owned(),
        false if from_review => tr("改好了，回去核对", "Done, back to review").to_owned(),
        false => tr("下一步", "Next").to_owned(),
    });
    let back = (!from_review).then(|| {
        view! {
            <a class="button" href=back_url(session, step, false)>
                {tr("上一步", "Back")}
            </a>
        }
    });
    let help = step.help.as_ref().map(tr_text).unwrap_or_default();
    view! {
        <div class="page" data-step=step.id.0.clone()>
            <TopBar title=tr_text(&session.service.title) back=back_url(session, step, from_review)>
                <SavedMark session />
            </TopBar>
            <div class="progress" role="presentation">
                <span class="progress-done" style:width=progress></span>
            </div>
            <div class="page-body">
                <Title title=tr_text(&step.title) place help />
                <Show when=move || has_pressed.get()>
                    <ErrorSummary session step />
                </Show>
                {move || save_problem(session)}
                <StepFields session step />
                <GrievanceLink />
            </div>
            <BottomBar>
                {back}
                <MainButton label busy=is_busy on_press=move |()| moving.start() />
            </BottomBar>
        </div>
    }
}

/// The fields in one card; a group brings cards of its own.
#[component]
fn StepFields(session: DraftSession, step: &'static Step) -> impl IntoView {
    let fields = move || {
        session.journey.with(|journey| {
            let fields = journey.step(&step.id).map(|step| step.fields.as_slice()).unwrap_or_default();
            let asked = fields.iter().filter(|shown| session.asks(shown.field));
            // A group looks after its rows itself.
            let alone = |shown: &ShownField<'static>| ShownField { rows: Vec::new(), ..shown.clone() };
            asked.map(alone).collect::<Vec<_>>()
        })
    };
    let key = |shown: &ShownField<'static>| (&shown.field.id.0, shown.required, shown.why.clone());
    let has_only_groups = step.fields.iter().all(|field| field.kind.rows().is_some());
    view! {
        <div class=if has_only_groups { "" } else { "card step-card" }>
            <For each=fields key let:shown>
                <FieldView session shown />
            </For>
        </div>
    }
}

/// What keeps the draft from being saved, if it is more than a weak signal; tracked.
fn save_problem(session: DraftSession) -> Option<impl IntoView> {
    let message = session.save_state.with(|state| match state {
        SaveState::Failed(error) if !error.is_offline() => Some(error.message()),
        _ => None,
    });
    message.map(|message| view! { <p class="notice" data-look="warn" role="alert">{message}</p> })
}

/// Which of the steps it is, counted from 0; tracked.
fn position(session: DraftSession, step: &Step) -> usize {
    session.journey.with(|journey| journey.steps.iter().position(|each| each.step.id == step.id).unwrap_or(0))
}

fn back_url(session: DraftSession, step: &Step, from_review: bool) -> String {
    let draft = session.id();
    let previous = session.journey.with_untracked(|journey| {
        let index = untrack(|| position(session, step)).checked_sub(1)?;
        journey.steps.get(index).map(|step| step.step.id.0.clone())
    });
    let route = match previous {
        _ if from_review => Route::Review { draft },
        Some(step) => Route::Step { draft, step: Some(step), from_review: false },
        None => Route::Service { service: session.service.id.clone() },
    };
    route.url()
}

/// What "next" does.
#[derive(Clone, Copy)]
struct MoveOn {
    session: DraftSession,
    step: &'static Step,
    from_review: bool,
    /// Its errors are summed up from now on.
    has_pressed: RwSignal<bool>,
    is_busy: RwSignal<bool>,
    router: Router<Route>,
    uploads: Uploads,
}

impl MoveOn {
    fn start(self) {
        self.is_busy.set(true);
        spawn_local(async move {
            let may_go = self.check_and_save().await;
            // The resident may have left the step, or the draft may have been closed, meanwhile.
            let has_left = self.is_busy.try_set(false).is_some() || self.session.is_closed();
            if may_go && !has_left {
                self.router.go(&self.next_route());
            }
        });
    }

    /// Whether the next screen may be shown.
    async fn check_and_save(self) -> bool {
        let Self { session, step, .. } = self;
        let errors = move || untrack(|| session.errors_of(&step.id));
        // A photograph on its way is not a missing one.
        if !errors().is_empty() {
            let _ = self.uploads.arrived(&session.id()).await;
        }
        if session.is_closed() || self.is_busy.is_disposed() {
            return false;
        }
        session.touch_step(&step.id);
        // Whoever has to leave here need not complete the step.
        let leaves = session.journey.with_untracked(|journey| journey.exit.is_some_and(|gate| gate.step == step.id));
        self.has_pressed.set(!leaves);
        if let Some(first) = errors().first().filter(|_| !leaves) {
            focus_on(session, first);
            return false;
        }
        // What cannot be saved now is persisted and sent later; a weak signal must not stop anyone here.
        let saved = session.save().await;
        saved.is_ok_and(|()| true)
            || matches!(session.save_state.try_get_untracked(), Some(SaveState::Failed(error)) if error.is_offline())
    }

    fn next_route(self) -> Route {
        let Self { session, step, from_review, .. } = self;
        let draft = session.id();
        let index = untrack(|| position(session, step)) + 1;
        session.journey.with_untracked(|journey| match journey.steps.get(index) {
            None if journey.exit.is_some() => Route::Exit { draft },
            _ if from_review => Route::Review { draft },
            Some(next) => Route::Step { draft, step: Some(next.step.id.0.clone()), from_review: false },
            None => Route::Review { draft },
        })
    }
}

//! The last look before sending: every answer with a link to change it, the documents, and what the officer will
//! notice.

mod answers;

use contract::api::Reason;
use contract::material::AskedMaterial;
use contract::service::FeeDue;
use leptos::prelude::*;
use leptos::task::spawn_local;

use self::answers::answers_of_step;
use super::draft::SavedMark;
use super::grievance_link::GrievanceLink;
use super::service::mode_tag;
use crate::api::ApiError;
use crate::browser;
use crate::draft_session::DraftSession;
use crate::i18n::{tr, tr_text};
use crate::navigation::Router;
use crate::paths::Route;
use crate::pending_submissions::PendingSubmissions;
use crate::ui::page::{BottomBar, MainButton, Title, TopBar};
use crate::uploads::Uploads;

#[component]
pub(crate) fn ReviewPage(session: DraftSession) -> impl IntoView {
    let router = expect_context::<Router<Route>>();
    let uploads = expect_context::<Uploads>();
    if session.journey.with_untracked(|journey| journey.exit.is_some()) {
        router.replace_soon(Route::Exit { draft: session.id() });
        return ().into_any();
    }
    let submission =
        Submission { session, pending: expect_context(), error: RwSignal::new(None), is_busy: RwSignal::new(false) };
    let Submission { error, is_busy, .. } = submission;
    let open_errors =
        Memo::new(move |_| session.errors.with(|errors| errors.iter().filter(|error| error.blocks()).count()));
    let is_waiting = move || session.is_submission_pending.get() && !is_busy.get();
    let label = Signal::derive(move || match open_errors.get() {
        0 if is_waiting() => tr("现在再试一次", "Try again now").to_owned(),
        0 => tr("确认提交", "Submit").to_owned(),
        count => format!("{}（{count}）", tr("去补充", "Complete")),
    });
    let press = move |()| if open_errors.get_untracked() == 0 { submission.start() } else { complete(session, router) };
    let last_step = session.journey.with_untracked(|journey| journey.steps.last().map(|step| step.step.id.0.clone()));
    let back = Route::Step { draft: session.id(), step: last_step, from_review: false }.url();
    let help = tr(
        "都对的话就可以提交了。哪里不对，点“修改”。",
        "If everything is correct, submit it. Press “Change” next to anything that is wrong.",
    );
    let answers = move || {
        session.journey.with(|journey| {
            let steps = journey.steps.iter();
            steps
                .map(|step| answers_of_step(session, uploads, &journey.answers, step))
                .map(IntoAny::into_any)
                .collect_view()
        })
    };
    view! {
        <div class="page" data-step="review">
            <TopBar title=tr_text(&session.service.title) back>
                <SavedMark session />
            </TopBar>
            <div class="page-body">
                <Title title=tr("核对并提交", "Check your answers") help />
                {move || correction_requests(session)}
                <Show when=is_waiting>
                    <WaitingForNetwork session />
                </Show>
                {move || error.get().map(|error| failure(&error))}
                {move || warnings(session)}
                {answers}
                {move || materials(session)}
                {move || fees(session)}
            </div>
            <BottomBar>
                <MainButton label busy=is_busy on_press=press />
            </BottomBar>
        </div>
    }
    .into_any()
}

/// Of a correction: what the office asked for; tracked.
fn correction_requests(session: DraftSession) -> Option<impl IntoView + use<>> {
    let line = |reason: &Reason| {
        let label = session.service.field(&reason.field).map(|field| tr_text(&field.label)).unwrap_or_default();
        let message = session.officer_message(&reason.field, reason.row);
        view! { <li><strong>{label}</strong>" "{message}</li> }
    };
    let requests = session.correction_requests();
    let heading = tr("请补正以下内容，其他不用改：", "Please correct the following; nothing else needs changing:");
    (!requests.is_empty()).then(|| {
        view! {
            <div class="notice" data-look="warn">
                <p class="notice-title">{heading}</p>
                <ul>{requests.iter().map(line).map(IntoAny::into_any).collect_view()}</ul>
            </div>
        }
    })
}

fn failure(error: &ApiError) -> impl IntoView + use<> {
    let message = error.message();
    view! {
        <div class="notice" data-look="warn" role="alert">
            <p>{message.clone()}</p>
            <p>{tr("填好的都还在。", "Your answers are saved.")}</p>
            <GrievanceLink about=message />
        </div>
    }
}

/// What may be sent but will be asked about; tracked.
fn warnings(session: DraftSession) -> Option<impl IntoView> {
    let lines: Vec<_> = session.errors.with(|errors| {
        let warnings = errors.iter().filter(|error| !error.blocks());
        warnings.map(|warning| view! { <li>{tr_text(&warning.message)}</li> }).collect()
    });
    let heading = tr("可以提交，不过工作人员会核对：", "You can submit this, but an officer will check:");
    (!lines.is_empty()).then(|| {
        view! {
            <div class="notice" data-look="warn">
                <p class="notice-title">{heading}</p>
                <ul>{lines}</ul>
            </div>
        }
    })
}

/// The documents that these answers ask for; tracked.
fn materials(session: DraftSession) -> impl IntoView {
    let row = |asked: &AskedMaterial<'_>| {
        let (look, words) = if asked.given { mode_tag(asked.mode) } else { ("warn", tr("还没有", "Missing")) };
        view! {
            <div class="row">
                <span>{tr_text(&asked.material.title)}</span>
                <span class="tag" data-look=look>{words}</span>
            </div>
        }
    };
    let rows = session.journey.with(|journey| {
        let asked = session.service.asked_materials(journey);
        asked.iter().map(row).map(IntoAny::into_any).collect_view()
    });
    view! {
        <section class="card">
            <h2>{tr("材料", "Documents")}</h2>
            <div class="rows">{rows}</div>
        </section>
    }
}

/// What these answers cost, as the server will reckon it; tracked.
fn fees(session: DraftSession) -> Option<impl IntoView> {
    let row = |due: &FeeDue<'_>| {
        view! { <div class="row"><span>{tr_text(&due.fee.title)}</span><strong>{format!("¥{}", due.amount())}</strong></div> }
    };
    let rows: Vec<_> =
        session.journey.with(|journey| session.service.fees_of_journey(journey).iter().map(row).collect());
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card" data-fees="true">
                <h2>{tr("受理后要缴的费用", "To be paid after acceptance")}</h2>
                <div class="rows">{rows}</div>
            </section>
        }
    })
}

/// Goes to the first step that still needs something.
fn complete(session: DraftSession, router: Router<Route>) {
    let open_step = session
        .journey
        .with_untracked(|journey| session.service.first_open_step(journey).map(|step| step.step.id.0.clone()));
    if let Some(step) = open_step {
        session.touch_step(&step);
        router.go(&Route::Step { draft: session.id(), step: Some(step), from_review: true });
    }
}

/// The resident pressed "send", and there is no network: it waits, and says so.
#[component]
fn WaitingForNetwork(session: DraftSession) -> impl IntoView {
    let cancel = move |_| spawn_local(async move { session.cancel_pending_submission().await });
    let explanation = tr(
        "这份申请已经存在这部手机上，不会丢。有网络时会自动提交，收到的时间以回执为准。",
        "This application is kept on this phone. It is sent by itself when there is a network; the receipt says when \
         it was received.",
    );
    view! {
        <div class="notice" data-look="warn" role="status" data-waiting="true">
            <p class="notice-title">{tr("联网后自动提交", "Will be submitted when you are online")}</p>
            <p>{explanation}</p>
            <button type="button" class="button" on:click=cancel>
                {tr("暂不提交", "Do not submit yet")}
            </button>
            <GrievanceLink />
        </div>
    }
}

#[derive(Clone, Copy)]
struct Submission {
    session: DraftSession,
    pending: PendingSubmissions,
    error: RwSignal<Option<ApiError>>,
    is_busy: RwSignal<bool>,
}

impl Submission {
    fn start(self) {
        self.is_busy.set(true);
        self.error.set(None);
        spawn_local(async move {
            let Self { session, pending, .. } = self;
            let draft = session.id();
            let sent = session.submit(async || pending.uploads.arrived(&draft).await).await;
            self.is_busy.try_set(false);
            match sent {
                Ok(receipt) => {
                    pending.drafts.close_draft(&draft);
                    // The resident may have gone elsewhere meanwhile, where they must not be interrupted.
                    if pending.router.route.with_untracked(|route| route.awaits(&draft)) {
                        pending.router.replace(&Route::Receipt { reference: receipt.reference });
                    }
                }
                Err(error) if !session.is_closed() => self.fail(error),
                Err(_) => {}
            }
        });
    }

    fn fail(self, error: ApiError) {
        let session = self.session;
        // Another phone or a register changed something: it is shown, to be looked over again.
        if let Some(current) = error.problem.as_ref().and_then(|problem| problem.current.clone()) {
            session.reconcile(*current);
        }
        if error.is_offline() {
            self.pending.keep_trying(session);
        }
        self.error.try_set((!session.is_submission_pending.get_untracked()).then_some(error));
        browser::scroll_to_top();
    }
}

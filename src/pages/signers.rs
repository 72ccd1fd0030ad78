//! Who else signs a draft: asked from here to sign on their own phones, and followed here until they have.

use std::time::Duration;

use contract::api::{NewSignatureRequest, SignatureRequestState, SignatureRequestView, SignerView, SignersView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grievance_link::GrievanceLink;
use super::unavailable::{failed, page_body};
use crate::api::{Api, ApiError};
use crate::browser;
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::page::{BottomBar, Title, TopBar};

const REFRESH_INTERVAL: Duration = Duration::from_secs(5);

#[component]
pub(crate) fn SignersPage(draft: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let back = Route::Step { draft: draft.clone(), step: None, from_review: false }.url();
    let resource = view_resource(move || {
        let draft = draft.clone();
        async move {
            let view = api.signers(&draft).await?;
            Ok(ViewFn::from(move || view! { <Signers draft=draft.clone() view=view.clone() /> }))
        }
    });
    view! {
        <div class="page">
            <TopBar title=tr("请别人签名", "Signatures of others") back />
            <Fetched resource heights=&[64, 160, 160] frame=page_body failed />
        </div>
    }
}

/// The signers of a draft, as the server last told.
#[derive(Clone, Copy)]
struct Following {
    api: Api,
    draft: StoredValue<String>,
    shown: RwSignal<SignersView>,
    error: RwSignal<Option<ApiError>>,
    is_busy: RwSignal<bool>,
}

impl Following {
    /// A failure changes nothing on the screen: the next round brings another try.
    async fn refresh(self) {
        let Some(draft) = self.draft.try_get_value() else { return };
        if let Ok(view) = self.api.signers(&draft).await
            && self.shown.try_with_untracked(|shown| *shown != view) == Some(true)
        {
            self.shown.try_set(view);
        }
    }

    fn refresh_now_and_then(self) {
        let refresh = move || {
            if browser::is_visible() {
                spawn_local(self.refresh());
            }
        };
        if let Ok(interval) = set_interval_with_handle(refresh, REFRESH_INTERVAL) {
            on_cleanup(move || interval.clear());
        }
    }

    fn ask(self, field: String, row: Option<String>) {
        let new = NewSignatureRequest { field, row };
        self.act(async move |draft| self.api.request_signature(&draft, &new).await.map(drop));
    }

    fn cancel(self, request: String) {
        self.act(async move |draft| self.api.cancel_signature_request(&draft, &request).await.map(drop));
    }

    fn act(self, action: impl AsyncFnOnce(String) -> Result<(), ApiError> + 'static) {
        if self.is_busy.get_untracked() {
            return;
        }
        self.is_busy.set(true);
        spawn_local(async move {
            let error = action(self.draft.get_value()).await.err();
            self.refresh().await;
            self.is_busy.try_set(false);
            if error.is_some() {
                browser::scroll_to_top();
            }
            self.error.try_set(error);
        });
    }
}

#[component]
fn Signers(draft: String, view: SignersView) -> impl IntoView {
    let following = Following {
        api: expect_context(),
        draft: StoredValue::new(draft),
        shown: RwSignal::new(view),
        error: RwSignal::new(None),
        is_busy: RwSignal::new(false),
    };
    following.refresh_now_and_then();
    let cards = move || {
        let signers = following.shown.get().signers;
        signers.into_iter().map(|signer| card(following, signer)).map(IntoAny::into_any).collect_view()
    };
    let error = move || {
        let message = following.error.get()?.message();
        Some(view! { <p class="notice" data-look="warn" role="alert">{message}</p> })
    };
    let is_complete = move || following.shown.with(|shown| shown.signers.iter().all(|signer| signer.is_signed));
    let on = move || match is_complete() {
        true => tr("都签好了，接着办", "All have signed, continue"),
        false => tr("回到申请", "Back to the application"),
    };
    let url = move || {
        let step = following.shown.with(|shown| shown.signers.first().map(|signer| signer.step.0.clone()));
        Route::Step { draft: following.draft.get_value(), step, from_review: false }.url()
    };
    let title = following.shown.with_untracked(|shown| tr_text(&shown.title));
    let help = tr(
        "对方会收到短信，用自己的手机登录，看到的和您核对时一样，看过再签。别的请先填好：签名以后再改，签名会作废。",
        "They get a text message, sign in on their own phone, see what you see in the review, and sign. Fill in \
         everything else first: a later change voids the signature.",
    );
    view! {
        <div class="page-body">
            <Title title help />
            {error}
            {cards}
            <GrievanceLink />
        </div>
        <BottomBar>
            <a class="button" data-look="main" data-main="true" href=url>
                {on}
            </a>
        </BottomBar>
    }
}

fn card(following: Following, signer: SignerView) -> impl IntoView {
    let SignerView { role, name, phone, is_signed, unsigned, field, row, request, .. } = signer;
    let waiting = request.as_ref().filter(|request| !is_signed && request.state.is_live());
    let state = request.as_ref().map(|request| word(request.state)).unwrap_or_default();
    let (look, tag) = match &request {
        _ if is_signed => ("done", tr("已签名", "Signed")),
        Some(request) => label(request.state),
        None => ("", tr("还没发", "Not asked yet")),
    };
    let button = match (is_signed, waiting) {
        (true, _) => ().into_any(),
        (false, None) if phone.is_empty() => missing_phone().into_any(),
        (false, Some(request)) => cancel_button(following, request.id.clone()).into_any(),
        (false, None) => ask_button(following, field.clone(), row, request.is_some()).into_any(),
    };
    let happened = request.filter(|_| !is_signed).map(|request| happened(&request, &unsigned));
    view! {
        <section class="card" data-signer=field data-state=if is_signed { "signed" } else { state }>
            <div class="card-title">
                <h2>{tr_text(&role)}</h2>
                <span class="tag" data-look=look>{tag}</span>
            </div>
            <p>{name}" "{phone}</p>
            {happened}
            {button}
        </section>
    }
}

fn missing_phone() -> impl IntoView {
    let says = tr("先在表里填好对方的手机号，才能发短信。", "Enter their mobile number in the form before you ask.");
    view! { <p class="card-text">{says}</p> }
}

fn ask_button(following: Following, field: String, row: Option<String>, is_again: bool) -> impl IntoView {
    let label = match is_again {
        true => tr("再发一次", "Ask again"),
        false => tr("发短信请对方签", "Ask by text message"),
    };
    view! {
        <button
            type="button"
            class="button"
            data-look="quiet"
            data-ask="true"
            aria-busy=move || following.is_busy.get().to_string()
            on:click=move |_| following.ask(field.clone(), row.clone())
        >
            {label}
        </button>
    }
}

fn cancel_button(following: Following, request: String) -> impl IntoView {
    view! {
        <button type="button" class="link" data-cancel="true" on:click=move |_| following.cancel(request.clone())>
            {tr("撤回这次请求", "Take this request back")}
        </button>
    }
}

/// What became of it, and what to do next.
fn happened(request: &SignatureRequestView, unsigned: &contract::Text) -> AnyView {
    let until = || format!("{} {}", tr("有效期到", "Valid until"), format_time(&request.ends_at));
    let says = match request.state {
        SignatureRequestState::Sent => {
            format!("{} {} · {}", tr("短信已发给", "Text message sent to"), request.phone, until())
        }
        SignatureRequestState::Seen => {
            format!("{} · {}", tr("对方已经打开，还没签", "They have opened it and not signed yet"), until())
        }
        SignatureRequestState::Objected => {
            let reason = request.reason.as_deref().unwrap_or_default();
            let next = tr("改好以后可以再发一次。", "Change it and ask again.");
            format!("{}{reason} {next}", tr("对方说：", "They say: "))
        }
        SignatureRequestState::Ended => tr_text(unsigned),
        SignatureRequestState::Voided => tr(
            "签名以后内容改过，签名作废了。核对好再发一次。",
            "The content changed after signing, so the signature is void. Check it and ask again.",
        )
        .to_owned(),
        SignatureRequestState::Signed | SignatureRequestState::Cancelled => return ().into_any(),
    };
    let is_bad = !request.state.is_live();
    view! { <p class="card-text" class:notice=is_bad data-look=is_bad.then_some("warn")>{says}</p> }.into_any()
}

fn label(state: SignatureRequestState) -> (&'static str, &'static str) {
    match state {
        SignatureRequestState::Sent => ("info", tr("已发短信", "Asked")),
        SignatureRequestState::Seen => ("info", tr("已打开", "Opened")),
        SignatureRequestState::Signed => ("done", tr("已签名", "Signed")),
        SignatureRequestState::Objected => ("warn", tr("不同意", "Does not agree")),
        SignatureRequestState::Ended => ("warn", tr("到期没签", "Not signed in time")),
        SignatureRequestState::Cancelled => ("", tr("已撤回", "Taken back")),
        SignatureRequestState::Voided => ("warn", tr("签名作废", "Signature void")),
    }
}

/// As the wire spells it.
fn word(state: SignatureRequestState) -> &'static str {
    match state {
        SignatureRequestState::Sent => "sent",
        SignatureRequestState::Seen => "seen",
        SignatureRequestState::Signed => "signed",
        SignatureRequestState::Objected => "objected",
        SignatureRequestState::Ended => "ended",
        SignatureRequestState::Cancelled => "cancelled",
        SignatureRequestState::Voided => "voided",
    }
}

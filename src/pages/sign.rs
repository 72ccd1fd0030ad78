//! Somebody is asked to sign: they see what would be sent, and sign exactly that or say what is not right.

mod objection;

use contract::Text;
use contract::api::{RemoteSignature, ReviewedStep, SignatureRequestState, ToSign, ToSignView};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::grievance_link::GrievanceLink;
use super::not_found::Missing;
use super::unavailable::{failure, page_body};
use crate::api::{Api, ApiError, Signed};
use crate::browser;
use crate::fetched::{Fetched, view_resource};
use crate::fields::{SignaturePad, Writing};
use crate::i18n::{format_time, tr, tr_text};
use crate::paths::Route;
use crate::ui::control::{Control, ControlText};
use crate::ui::icon::{Icon, LineIcon};
use crate::ui::page::{BottomBar, Title, TopBar};
use objection::ObjectionForm;

const SIGNATURE: &str = "signature";

#[component]
pub(crate) fn SignPage(request: String) -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || {
        let request = request.clone();
        async move {
            let view = api.to_sign(&request).await?;
            Ok(ViewFn::from(move || view! { <Opened request=request.clone() view=view.clone() /> }))
        }
    });
    view! {
        <div class="page">
            <TopBar title=tr("请您签名", "Your signature") back=Route::Home.url() />
            <Fetched resource heights=&[64, 240, 160] frame=page_body failed />
        </div>
    }
}

fn failed(error: ApiError, retry: Callback<()>) -> AnyView {
    if error.status != 404 {
        return failure(&error, retry);
    }
    let title = tr("这里没有要您签的", "There is nothing for you to sign here");
    let message = tr(
        "请用收到短信的手机号、以您自己的身份登录。换了手机号的，请申请人改好号码再发一次。",
        "Sign in as yourself, with the number that got the message. If you have another number, ask the applicant to \
         change it and send it again.",
    );
    view! { <Missing title message /> }.into_any()
}

/// A request that was opened by the person whom it names.
#[derive(Clone, Copy)]
struct SignatureInvitation {
    api: Api,
    request: StoredValue<String>,
    shown: RwSignal<ToSignView>,
    writing: Writing,
    /// What has changed since it was read, line by line.
    changed: RwSignal<Vec<String>>,
}

impl SignatureInvitation {
    fn sign(self, content_hash: String, signed: Signed) {
        let signature = match signed {
            Signed::Strokes(strokes) => RemoteSignature { content_hash, strokes: Some(strokes), typed: None },
            Signed::Typed(name) => RemoteSignature { content_hash, strokes: None, typed: Some(name) },
        };
        spawn_local(async move {
            match self.api.sign_request(&self.request.get_value(), &signature).await {
                Ok(view) => self.show(view),
                Err(error) => self.look_again(error).await,
            }
        });
    }

    fn show(self, view: ToSignView) {
        self.writing.ended(None);
        self.draw(view);
    }

    /// Screen readers begin at the top as well.
    fn draw(self, view: ToSignView) {
        self.shown.try_set(view);
        browser::scroll_to_top();
        browser::focus("main h1");
    }

    /// What was read is not there any more: it is shown as it is now, with what has changed.
    async fn look_again(self, error: ApiError) {
        let is_other = [409, 412].contains(&error.status);
        let lines = error.problem.iter().flat_map(|problem| &problem.errors).map(|one| one.message.clone()).collect();
        self.writing.ended(Some(error));
        if !is_other {
            return;
        }
        self.changed.try_set(lines);
        if let Ok(view) = self.api.to_sign(&self.request.get_value()).await {
            self.draw(view);
        }
    }
}

#[component]
fn Opened(request: String, view: ToSignView) -> impl IntoView {
    let invitation = SignatureInvitation {
        api: expect_context(),
        request: StoredValue::new(request),
        shown: RwSignal::new(view),
        writing: Writing::default(),
        changed: RwSignal::default(),
    };
    move || {
        let mut view = invitation.shown.get();
        match view.to_sign.take() {
            Some(to_sign) => waiting(invitation, view, to_sign).into_any(),
            None => ended(&view).into_any(),
        }
    }
}

fn waiting(invitation: SignatureInvitation, view: ToSignView, to_sign: ToSign) -> impl IntoView {
    let ToSign { name, content_hash, papers, steps } = to_sign;
    let title = format!("{} {}", view.asked_by, tr("请您签名", "asks you to sign"));
    let help = format!(
        "{} · {} · {} {}",
        tr_text(&view.title),
        tr_text(&view.role),
        tr("有效期到", "valid until"),
        format_time(&view.ends_at)
    );
    let send = Callback::new(move |signed| invitation.sign(content_hash.clone(), signed));
    let help_of_signature = tr(
        "请先看上面的内容。您签的就是这些；签好以后内容改了，签名自动作废，会再请您签。",
        "Please read what stands above. That is what you sign: if it changes afterwards your signature is void, and you \
         are asked again.",
    );
    let text = ControlText {
        id: SIGNATURE.to_owned(),
        label: format!("{}：{name}", tr("签名", "Signature")),
        help: help_of_signature.to_owned(),
        ..ControlText::default()
    };
    view! {
        <div class="page-body" data-to-sign="true">
            <Title title help />
            {move || changes(&invitation.changed.read())}
            {steps.into_iter().map(card).map(IntoAny::into_any).collect_view()}
            {papers_card(papers)}
            <section class="card">
                <Control text error="" field=SIGNATURE row=None kind=SIGNATURE>
                    <SignaturePad id=SIGNATURE name=SIGNATURE writing=invitation.writing is_stale=false send />
                </Control>
            </section>
            <ObjectionForm invitation />
            <GrievanceLink />
        </div>
    }
}

fn changes(lines: &[String]) -> Option<impl IntoView + use<>> {
    let heading = tr("您看的时候，这几项改了：", "While you were reading, this changed:");
    let lines: Vec<_> = lines.iter().map(|line| view! { <li>{line.clone()}</li> }).collect();
    (!lines.is_empty()).then(|| {
        view! {
            <div class="notice" data-look="warn" role="alert">
                <p class="notice-title">{heading}</p>
                <ul>{lines}</ul>
            </div>
        }
    })
}

fn card(step: ReviewedStep) -> impl IntoView {
    let line = |line: contract::api::ReviewedLine| {
        view! {
            <div data-answer=line.field>
                <dt>{tr_text(&line.label)}</dt>
                <dd>{tr_text(&line.says)}</dd>
            </div>
        }
    };
    view! {
        <section class="card" data-review=step.id.0>
            <h2>{tr_text(&step.title)}</h2>
            <dl class="facts">{step.lines.into_iter().map(line).map(IntoAny::into_any).collect_view()}</dl>
        </section>
    }
}

fn papers_card(papers: Vec<Text>) -> Option<impl IntoView> {
    let rows: Vec<_> = papers.iter().map(|title| view! { <div class="row">{tr_text(title)}</div> }).collect();
    (!rows.is_empty()).then(|| {
        view! {
            <section class="card">
                <h2>{tr("您的签名用在", "Your signature stands under")}</h2>
                <div class="rows">{rows}</div>
            </section>
        }
    })
}

/// It does not wait for the signature any more: why, and what comes next.
fn ended(view: &ToSignView) -> impl IntoView + use<> {
    let (heading, says) = match view.state {
        SignatureRequestState::Signed => (
            tr("已签名", "Signed"),
            tr(
                "已经告诉申请人，接下来由申请人提交，您不用再做什么。内容如果改了，签名作废，会再请您签。",
                "The applicant has been told and submits it; you need not do anything else. If the content changes your \
                 signature is void, and you are asked again.",
            ),
        ),
        SignatureRequestState::Objected => (
            tr("已转告申请人", "The applicant has been told"),
            tr(
                "您没有签名。申请人改好以后会再发短信请您看。",
                "You have not signed. You get another message when it was changed.",
            ),
        ),
        SignatureRequestState::Voided => (
            tr("内容改过，签名已作废", "The content changed, your signature is void"),
            tr("申请人核对好以后会再请您签。", "The applicant will ask you again once it is checked."),
        ),
        SignatureRequestState::Ended => (
            tr("过了有效期，没有签", "It has ended without a signature"),
            tr("还要签的，请申请人再发一次。", "If it is still needed, the applicant can ask again."),
        ),
        SignatureRequestState::Cancelled | SignatureRequestState::Sent | SignatureRequestState::Seen => (
            tr("申请人已撤回", "The applicant took it back"),
            tr(
                "现在不用您签。还要签的，申请人会再发短信。",
                "There is nothing to sign now. You get another message if there is.",
            ),
        ),
    };
    let is_signed = view.state == SignatureRequestState::Signed;
    view! {
        <div class="page-body">
            <div class="done" data-signed=is_signed.to_string()>
                {is_signed.then(|| view! { <div class="done-mark"><LineIcon icon=Icon::Check /></div> })}
                <h1 tabindex="-1">{heading}</h1>
                <p class="card-text">{tr_text(&view.title)}</p>
                <p>{says}</p>
            </div>
        </div>
        <BottomBar>
            <a class="button" data-look="main" data-main="true" href=Route::Home.url()>
                {tr("回首页", "Start page")}
            </a>
        </BottomBar>
    }
}

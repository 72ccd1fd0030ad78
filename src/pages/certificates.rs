//! My certificates: what the certificate library holds for me.

use contract::api::{CertificateState, CertificateView, NewDraft, RenewalView};
use leptos::prelude::*;

use super::begin_button::BeginButton;
use super::grievance_link::GrievanceLink;
use super::unavailable::failed;
use crate::api::{Api, certificate_qr_url};
use crate::fetched::{Fetched, view_resource};
use crate::i18n::{tr, tr_text};
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};

#[component]
pub(crate) fn CertificatesPage() -> impl IntoView {
    let api = expect_context::<Api>();
    let resource = view_resource(move || async move {
        let certificates: Vec<CertificateView> = api.certificates().await?;
        Ok(ViewFn::from(move || list(certificates.clone())))
    });
    view! {
        <div class="page">
            <TopBar title=tr("我的证照", "My certificates") back=Route::Home.url() />
            <div class="page-body">
                <Title title=tr("我的证照", "My certificates") />
                <Fetched resource heights=&[120, 120, 180] failed />
                <GrievanceLink />
            </div>
        </div>
    }
}

fn list(all: Vec<CertificateView>) -> AnyView {
    if all.is_empty() {
        let message = tr(
            "您名下还没有电子证照。办好的证会出现在这里，下次办事不用再交。",
            "You have no digital certificates yet. What you receive appears here and need not be handed in again.",
        );
        return view! {
            <Empty message>
                <a class="button" data-look="main" href=Route::Home.url()>
                    {tr("去看看能办什么", "See what can be done")}
                </a>
            </Empty>
        }
        .into_any();
    }
    all.into_iter().map(card).map(IntoAny::into_any).collect_view().into_any()
}

fn card(certificate: CertificateView) -> impl IntoView {
    view! {
        <section class="card">
            <h2>{tr_text(&certificate.title)}</h2>
            <p class="card-text">{format!("{} · {}", certificate.holder, certificate.number)}</p>
            {validity(&certificate)}
            <RenewButton certificate=certificate.clone() />
            <CertificateCode code=certificate.code />
        </section>
    }
}

/// Until when it holds, in the server's words; that it no longer does, or not for long, stands out.
pub(super) fn validity(certificate: &CertificateView) -> Option<impl IntoView + use<>> {
    let look = if certificate.state == CertificateState::Valid { "card-text" } else { "notice" };
    let says = certificate.says.as_ref()?;
    Some(view! { <p class=look data-look="warn" data-validity="true">{tr_text(says)}</p> })
}

/// Begins a renewal or a change with what was said last time, where the server offers one.
#[component]
pub(super) fn RenewButton(certificate: CertificateView) -> impl IntoView {
    certificate.renewal.map(|RenewalView { service, division, title, says }| {
        let new = NewDraft { service, division, sibling_of: None, corrects: None, renews: certificate.code };
        view! { <BeginButton title says new /> }
    })
}

/// What a window scans to verify a certificate, once it is asked for.
#[component]
pub(super) fn CertificateCode(code: Option<String>) -> impl IntoView {
    code.map(|code| {
        let alt = tr("证照的二维码，窗口一扫就能查验", "QR code by which a window verifies the certificate");
        view! {
            <details>
                <summary class="link">{tr("出示二维码", "Show its code")}</summary>
                <img class="qr" src=certificate_qr_url(&code) loading="lazy" alt=alt width="180" height="180" />
            </details>
        }
    })
}

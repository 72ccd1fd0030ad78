//! My certificates: what the certificate library holds for me.

use crate::ui::dom::{CollectView, View};
use contract::api::CertificateView;
use markup::view;

use super::loaded::loaded;
use super::tell::tell_link;
use crate::api;
use crate::paths::Route;
use crate::ui::notice::Empty;
use crate::ui::page::{Title, TopBar};
use crate::words::{say, t};

pub(crate) fn view() -> View {
    view! {
        <div class="page">
            <TopBar title=t("我的证照", "My certificates") back=Route::Home.url() />
            <div class="page-body">
                <Title title=t("我的证照", "My certificates") />
                {loaded(|| api::certificates(None), list)}
                {tell_link(String::new())}
            </div>
        </div>
    }
}

fn list(all: Vec<CertificateView>) -> View {
    if all.is_empty() {
        return view! {
            <Empty says=t("您名下还没有电子证照。办好的证会出现在这里，下次办事不用再交。", "You have no digital certificates yet. What you receive appears here and need not be handed in again.")>
                <a class="button" data-look="main" href=Route::Home.url()>{t("去看看能办什么", "See what can be done")}</a>
            </Empty>
        };
    }
    let card = |one: CertificateView| {
        let until = one.valid_until.as_ref().map(|day| format!(" · {} {day}", t("有效期至", "valid until")));
        view! {
            <section class="card">
                <h2>{say(&one.title)}</h2>
                <p class="card-text">{format!("{} · {}", one.holder, one.number)}{until}</p>
                {shown_code(&one)}
            </section>
        }
    };
    all.into_iter().map(card).collect_view()
}

/// What a window scans to verify it, once it is asked for.
pub(super) fn shown_code(certificate: &CertificateView) -> View {
    let Some(code) = &certificate.code else { return View::none() };
    view! {
        <details>
            <summary class="link">{t("出示二维码", "Show its code")}</summary>
            <img class="qr" src=api::certificate_qr_url(code) loading="lazy" alt=t("证照的二维码，窗口一扫就能查验", "QR code by which a window verifies the certificate") width="180" height="180" />
        </details>
    }
}

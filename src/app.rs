//! Which page stands for which route, and what lies above all of them.

use crate::browser::request_animation_frame;
use crate::ui::dom::View;
use contract::Lang;
use markup::view;

use crate::pages::{
    case, cases, certificates, draft, drafts, exit, grievance, home, not_found, receipt, review, service, sign_in, step,
};
use crate::paths::Route;
use crate::session::{Session, session};
use crate::ui::live::shows;
use crate::ui::sheet::Sheet;
use crate::words::t;
use crate::{api, navigation, settings};

pub(crate) fn view() -> View {
    navigation::listen();
    crate::session::ask();
    // A change of language draws the screen anew.
    let screen = shows(move || {
        let _: Lang = settings::language().get();
        page(navigation::route().get())
    });
    view! {
        {shows(|| api::from_copies().get().then(offline))}
        <main>{screen}</main>
        {shows(move || matches!(&*session().read(), Session::Ended(_)).then(sign_in_again))}
    }
}

fn page(route: Route) -> View {
    if route.is_private() {
        match &*session().read() {
            Session::Unknown => return home::waiting(),
            Session::Out => {
                // Not while drawing: the address changes after this screen stands.
                let to = Route::SignIn { next: route.url() };
                request_animation_frame(move || navigation::replace(&to));
                return home::waiting();
            }
            Session::In(_) | Session::Ended(_) => {}
        }
    }
    match route {
        Route::Home => home::view(),
        Route::Service { service } => service::view(service),
        Route::SignIn { next } => sign_in::view(next),
        Route::Drafts => drafts::view(),
        Route::Step { draft, step, from_review } => {
            draft::with_desk(draft, move |desk| step::view(desk, step.clone(), from_review))
        }
        Route::Exit { draft } => draft::with_desk(draft, exit::view),
        Route::Review { draft } => draft::with_desk(draft, review::view),
        Route::Cases => cases::view(),
        Route::Case { reference } => case::view(reference),
        Route::Receipt { reference } => receipt::view(reference),
        Route::Certificates => certificates::view(),
        Route::Grievance { about } => grievance::view(about),
        Route::NotFound => not_found::view(),
    }
}

/// What is shown was kept on this phone.
fn offline() -> View {
    view! { <p class="offline" role="status">{t("现在没有网络：看到的是上次的内容，填的会存在这部手机上。", "No network: this is what you saw last. What you enter is kept on this phone.")}</p> }
}

/// The form stays; one signs in above it.
fn sign_in_again() -> View {
    let stay = move |()| crate::session::leave();
    view! {
        <Sheet title=t("请再登录一次", "Please sign in again") on_close=stay>
            <p>{t("离开久了，为了安全需要重新登录。填好的都还在。", "You were away for a while, so please sign in again. What you filled in is still here.")}</p>
            {sign_in::form()}
        </Sheet>
    }
}

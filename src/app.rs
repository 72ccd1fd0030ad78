//! What lies above all pages: who is signed in, whether there is a network, and signing in again.

use crate::browser::request_animation_frame;
use crate::ui::dom::View;
use contract::Lang;
use markup::view;

use crate::pages::{home, sign_in};
use crate::paths::Route;
use crate::session::{Session, session};
use crate::ui::live::shows;
use crate::ui::sheet::Sheet;
use crate::words::t;
use crate::{api, browser, navigation, settings, ui};

/// Starts one of the resident's programs, which says what it draws for a route.
pub(crate) fn start(ours: fn(&Route) -> bool, page: fn(Route) -> View) {
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|info| web_sys::console::error_1(&info.to_string().into())));
    settings::restore();
    browser::remove_boot_screen();
    signals::on_wake(|| wasm_bindgen_futures::spawn_local(async { signals::run() }));
    navigation::listen(ours);
    crate::session::ask();
    ui::dom::mount(view(page));
}

fn view(page: fn(Route) -> View) -> View {
    // A change of language draws the screen anew.
    let screen = shows(move || {
        let _: Lang = settings::language().get();
        let route = navigation::route().get();
        waiting(&route).unwrap_or_else(|| page(route))
    });
    view! {
        {shows(|| api::from_copies().get().then(offline))}
        <main>{screen}</main>
        {shows(move || matches!(&*session().read(), Session::Ended(_)).then(sign_in_again))}
    }
}

/// What stands instead of a private page as long as nobody is signed in. Public ones do not care, and are not drawn anew.
fn waiting(route: &Route) -> Option<View> {
    if !route.is_private() {
        return None;
    }
    match &*session().read() {
        Session::Unknown => {}
        Session::Out => {
            // Not while drawing: the address changes after this screen stands.
            let to = Route::SignIn { next: route.url() };
            request_animation_frame(move || navigation::replace(&to));
        }
        Session::In(_) | Session::Ended(_) => return None,
    }
    Some(home::waiting())
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

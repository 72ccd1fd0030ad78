//! Which page stands for which address, and what lies above all of them.

mod api;
mod frame;
mod grievances;
mod loaded;
mod office;
mod queue;
mod session;
mod sign_in;
mod task;
mod wording;

use markup::view;
use signals::Signal;

use crate::paths::Route;
use crate::ui::dom::View;
use crate::ui::live::shows;
use crate::ui::sheet::Sheet;
use crate::words::t;
use crate::{navigation, settings};
use session::{Session, session};

pub(crate) fn view() -> View {
    navigation::listen(|_| true);
    session::ask();
    let standing = Signal::derive(|| standing(&session().read()));
    let screen = shows(move || {
        // A change of language draws the screen anew.
        settings::language().track();
        match standing.get() {
            Standing::Unknown => frame::waiting(),
            Standing::Out => sign_in::view(),
            Standing::In { .. } => page(navigation::route().get()),
        }
    });
    view! {
        <main class="desk">{screen}</main>
        {shows(move || matches!(&*session().read(), Session::Ended(_)).then(sign_in_again))}
    }
}

/// What decides which screen is drawn: a session that ended leaves the screen with all that was written on it.
/// Another officer finds nothing of theirs.
#[derive(Clone, PartialEq)]
enum Standing {
    Unknown,
    Out,
    In { name: String },
}

fn standing(session: &Session) -> Standing {
    match session {
        Session::Unknown => Standing::Unknown,
        Session::Out => Standing::Out,
        Session::In(officer) | Session::Ended(officer) => Standing::In { name: officer.name.clone() },
    }
}

fn page(route: Route) -> View {
    match route {
        Route::Queue(filter) => queue::view(filter),
        Route::Task { reference, item } => task::view(reference, item),
        Route::Grievances => grievances::view(),
        Route::Grievance { number } => grievances::one(number),
        Route::NotFound => frame::not_found(),
    }
}

/// What was written stays; one signs in above it.
fn sign_in_again() -> View {
    let leave = move |()| session().set(Session::Out);
    view! {
        <Sheet title=t("请再登录一次", "Please sign in again") on_close=leave>
            <p>{t("离开久了，为了安全需要重新登录。写好的都还在。", "You were away for a while, so please sign in again. What you wrote is still here.")}</p>
            {sign_in::form()}
        </Sheet>
    }
}

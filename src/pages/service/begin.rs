//! Beginning: the bar under the guide, and a new draft. Where one waits already, the resident chooses, so that neither
//! Back nor a reload nor a second tap leaves two.

use contract::Service;
use contract::id::ServiceId;
use markup::view;
use signals::{Effect, RwSignal};
use wasm_bindgen_futures::spawn_local;

use crate::api::{self, ApiError};
use crate::navigation;
use crate::paths::Route;
use crate::session::{Session, session};
use crate::settings;
use crate::ui::dom::View;
use crate::ui::live::{on, shows};
use crate::ui::page::MainButton;
use crate::words::t;

#[derive(Clone, Copy)]
pub(super) struct Beginning {
    service: &'static Service,
    /// The draft that was begun and not sent, if there is one.
    begun: RwSignal<Option<String>>,
    busy: RwSignal<bool>,
    pub(super) trouble: RwSignal<Option<ApiError>>,
}

impl Beginning {
    pub(super) fn of(service: &'static Service) -> Self {
        let beginning =
            Self { service, begun: RwSignal::new(None), busy: RwSignal::new(false), trouble: RwSignal::new(None) };
        Effect::now(move || {
            if matches!(&*session().read(), Session::In(_)) {
                spawn_local(async move { beginning.begun.set(begun(&service.id).await.unwrap_or_default()) });
            }
        });
        beginning
    }

    pub(super) fn bar(self) -> View {
        shows(move || match self.begun.get() {
            None => {
                view! { <MainButton label=t("开始办理", "Start") busy=self.busy on_press=move |()| self.start() /> }
            }
            Some(draft) => self.choice(draft),
        })
    }

    fn choice(self, draft: String) -> View {
        let go_on = Route::Step { draft, step: None, from_review: false };
        let anew = move |_| {
            if !self.busy.get_untracked() {
                self.busy.set(true);
                spawn_local(async move { self.go_to(create(&self.service.id).await) });
            }
        };
        view! {
            <button type="button" class="button" on:click=on(anew)>{t("重新填一份", "Begin anew")}</button>
            <MainButton label=t("接着填", "Go on") on_press=move |()| navigation::go(&go_on) />
        }
    }

    fn start(self) {
        if !matches!(&*session().read_untracked(), Session::In(_)) {
            navigation::go(&Route::SignIn { next: guide(&self.service.id).url() });
            return;
        }
        self.busy.set(true);
        spawn_local(async move {
            match begun(&self.service.id).await {
                Ok(None) => self.go_to(create(&self.service.id).await),
                Ok(draft) => {
                    self.busy.set(false);
                    self.begun.set(draft);
                }
                Err(error) => self.go_to(Err(error)),
            }
        });
    }

    fn go_to(self, step: Result<Route, ApiError>) {
        self.busy.set(false);
        match step {
            Ok(step) => navigation::go(&step),
            Err(error) => self.trouble.set(Some(error)),
        }
    }
}

/// Goes on from the sign-in that "start" led to: to a new draft, else back to the guide, which shows what waits.
pub(crate) fn start_signed_in(service: ServiceId) {
    spawn_local(async move {
        let step = match begun(&service).await {
            Ok(None) => create(&service).await.ok(),
            _ => None,
        };
        navigation::replace(&step.unwrap_or_else(|| guide(&service)));
    });
}

async fn begun(service: &ServiceId) -> Result<Option<String>, ApiError> {
    let drafts = api::drafts().await?;
    Ok(drafts.into_iter().find(|draft| draft.service == *service).map(|draft| draft.id))
}

/// The first step of a new draft.
async fn create(service: &ServiceId) -> Result<Route, ApiError> {
    let draft = api::create_draft(service, &settings::division().get_untracked()).await?;
    Ok(Route::Step { draft: draft.id, step: None, from_review: false })
}

fn guide(service: &ServiceId) -> Route {
    Route::Service { service: service.clone() }
}

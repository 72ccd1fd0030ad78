//! The button that begins an application which knows something already: what a family shares, or what was said last time.

use contract::Text;
use contract::api::NewDraft;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::api::{Api, ApiError};
use crate::i18n::tr_text;
use crate::navigation::Router;
use crate::paths::Route;

#[component]
pub(super) fn BeginButton(title: Text, says: Text, new: NewDraft) -> impl IntoView {
    let api = expect_context::<Api>();
    let router = expect_context::<Router<Route>>();
    let is_busy = RwSignal::new(false);
    let error = RwSignal::new(None::<ApiError>);
    let begin = move |_| {
        is_busy.set(true);
        let new = new.clone();
        spawn_local(async move {
            let draft = api.create_draft(&new).await;
            is_busy.try_set(false);
            match draft {
                Ok(draft) => router.go(&Route::Step { draft: draft.id, step: None, from_review: false }),
                Err(failure) => {
                    error.try_set(Some(failure));
                }
            }
        });
    };
    let notice = move || {
        error.get().map(|error| view! { <p class="notice" data-look="warn" role="alert">{error.message()}</p> })
    };
    view! {
        <p>{tr_text(&says)}</p>
        {notice}
        <button type="button" class="button" data-look="quiet" data-begins="true" disabled=is_busy on:click=begin>
            {tr_text(&title)}
        </button>
    }
}

//! Sending: what was seen, once, now or as soon as there is a network.

use contract::api::{Receipt, Submit};
use js_sys::{Array, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use wasm_bindgen_futures::{JsFuture, spawn_local};

use super::Desk;
use crate::api::{self, ApiError};
use crate::paths::Route;
use crate::{navigation, uploads};

/// Then a person decides whether to try again.
const TRIES: u32 = 3;
/// As many failures as make the longest pause.
const PATIENT: u32 = 6;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["yijianshi", "journal"])]
    fn waiting() -> Promise;
}

impl Desk {
    /// Sends what the resident saw. The wish is on the disk before the first try and outlives a closed page.
    pub(crate) async fn submit(&self) -> Result<Receipt, ApiError> {
        self.sending.set(true);
        let sent = self.submit_patiently().await;
        self.sending.set(false);
        match &sent {
            Ok(_) => Self::put_away(),
            // Without a network the wish stands; whatever else it is, the resident reads it first.
            Err(error) if !error.is_offline() => self.forget_intent().await,
            Err(_) => self.wait_for_a_network(),
        }
        sent
    }

    async fn submit_patiently(&self) -> Result<Receipt, ApiError> {
        self.intent.set(true);
        self.keep().await;
        let mut failures = 0;
        loop {
            match self.try_to_submit().await {
                Err(error) if error.may_pass() && failures + 1 < TRIES => {
                    failures += 1;
                    api::pause_after(failures).await;
                }
                other => return other,
            }
        }
    }

    /// Looks for a network as long as the wish stands. Browsers do not always tell when it is back.
    fn wait_for_a_network(&self) {
        let desk = *self;
        spawn_local(async move {
            api::pause_after(PATIENT).await;
            let is_open = Self::open_already(desk.draft).is_some();
            if is_open && desk.intent.get_untracked() && !desk.sending.get() {
                send_open(desk).await;
            }
        });
    }

    async fn try_to_submit(&self) -> Result<Receipt, ApiError> {
        uploads::arrived().await;
        self.flush().await?;
        if !self.intent.get_untracked() || !self.clashes.read_untracked().is_empty() {
            return Err(ApiError::changed());
        }
        let seen = self.seen();
        // The same content is the same sending: after a second tap, a lost answer, a reload or a closed page.
        let key = format!("{}-{}", self.draft, seen.version);
        api::submit(self.draft, &key, &Submit { version: seen.version, content_hash: seen.content_hash }).await
    }

    /// The resident does not want it sent any more, or has to look again.
    pub(crate) async fn forget_intent(&self) {
        self.intent.set(false);
        self.keep().await;
    }
}

/// Sends what waited on this phone for a network. Asked at the start and when the network is back.
pub(crate) async fn send_what_waits() {
    let Ok(drafts) = JsFuture::from(waiting()).await else { return };
    for draft in drafts.unchecked_ref::<Array>().iter().filter_map(|draft| draft.as_string()) {
        let Ok(desk) = Desk::open(&draft).await else { continue };
        if desk.intent.get_untracked() && !desk.sending.get() {
            send_open(desk).await;
        }
    }
}

async fn send_open(desk: Desk) {
    if let Ok(receipt) = desk.submit().await {
        navigation::go(&Route::Receipt { reference: receipt.reference });
    }
}

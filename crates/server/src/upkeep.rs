//! What is done beside requests: messages that wait, and things that nobody needs any more.

use std::time::Duration;

use crate::backend::Backend;
use crate::casework::{accept_the_unanswered, lapse, reckon_anew, remind};
use crate::grievance::forget_tries;
use crate::messages;
use crate::refund::give_back;
use crate::session::LONGEST_SECONDS;
use crate::uploads::LONGEST_LIFE_SECONDS;

const ROUND: Duration = Duration::from_secs(60);
const ROUNDS_A_DAY: u64 = 24 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Until the process ends. What fails is told, and tried again in the next round.
pub(crate) async fn run(backend: Backend) {
    let mut rounds = 0;
    loop {
        round(&backend).await;
        if rounds % ROUNDS_A_DAY == 0 {
            daily(&backend).await;
        }
        rounds += 1;
        tokio::time::sleep(ROUND).await;
    }
}

/// What is looked after every minute.
pub(crate) async fn round(backend: &Backend) {
    if let Err(error) = accept_the_unanswered(backend).await {
        tracing::warn!(?error, "tasks that nobody answered");
    }
    // Before anything goes by a day that may be another one.
    if let Err(error) = reckon_anew(backend).await {
        tracing::warn!(?error, "last days that are provisional");
    }
    if let Err(error) = lapse(backend).await {
        tracing::warn!(?error, "what applicants were asked for");
    }
    if let Err(error) = remind(backend).await {
        tracing::warn!(?error, "who is to be reminded");
    }
    if let Err(error) = give_back(backend).await {
        tracing::warn!(?error, "what is to be given back");
    }
    messages::deliver(backend).await;
    if let Err(error) = forget_tries(backend).await {
        tracing::warn!(?error, "tries to follow");
    }
    if let Err(error) = forget(backend).await {
        tracing::warn!(%error, "upkeep");
    }
    if let Err(error) = keep_releases(backend).await {
        tracing::warn!(%error, "files of earlier releases");
    }
}

async fn keep_releases(backend: &Backend) -> std::io::Result<()> {
    let (releases, now) = (backend.releases.clone(), backend.now());
    tokio::task::spawn_blocking(move || releases.keep_up(now)).await.map_err(std::io::Error::other)?
}

async fn daily(backend: &Backend) {
    if let Err(error) = delete_nameless_objects(backend).await {
        tracing::warn!(%error, "upkeep of attachments");
    }
    if let Err(error) = backend.uploads.delete_nameless_pieces(backend.now() - LONGEST_LIFE_SECONDS).await {
        tracing::warn!(%error, "upkeep of uploads");
    }
}

async fn forget(backend: &Backend) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let now = backend.now();
    backend.uploads.sweep(&*backend.store, now).await?;
    backend.store.forget_sessions(now - LONGEST_SECONDS).await?;
    Ok(backend.store.forget_codes(now - DAY_SECONDS).await?)
}

/// An object is written before the row that names it; where the row never came, or the object was never whole, it goes after
/// a day.
async fn delete_nameless_objects(backend: &Backend) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    backend.attachments.delete_unfinished(backend.now() - DAY_SECONDS).await?;
    for object in backend.attachments.written_before(backend.now() - DAY_SECONDS).await? {
        if !backend.store.names_object(&object).await? {
            backend.attachments.delete(&object).await;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bytes::Bytes;
    use time::{Duration, OffsetDateTime};

    use super::*;
    use crate::config::Config;
    use crate::partners::Clock;
    use crate::store::Known;

    /// So far in the future that everything written now is old.
    struct InTwoDays;

    impl Clock for InTwoDays {
        fn now(&self) -> OffsetDateTime {
            OffsetDateTime::now_utc() + Duration::days(2)
        }
    }

    #[tokio::test]
    async fn what_nobody_names_any_more_is_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(&Config::new(folder.path()), Arc::new(InTwoDays)).await.unwrap();
        let object = backend.attachments.put(Bytes::from_static(b"left behind")).await.unwrap();
        let unfinished = folder.path().join("attachments").join(format!("{object}#1"));
        std::fs::write(&unfinished, b"left").unwrap();
        let yesterday = backend.now() - DAY_SECONDS;
        let citizen = backend.store.citizen_with(Known::by_phone("13800000000"), yesterday).await.unwrap();
        backend.store.open_session("hash", &citizen.id, yesterday).await.unwrap();

        delete_nameless_objects(&backend).await.unwrap();
        forget(&backend).await.unwrap();
        assert!(backend.attachments.get(&object).await.is_err() && !unfinished.exists());
        assert!(backend.store.session("hash", 0, 0).await.unwrap().is_none());
    }
}

//! Background jobs: scheduled transitions, waiting messages, and the deletion of expired and orphaned data.

use std::time::Duration;

use crate::backend::Backend;
use crate::casework::{accept_unanswered_tasks, lapse_overdue_evidence, recompute_due_dates, send_reminders};
use crate::messages;
use crate::officer::BROWSER_SECONDS;
use crate::refund::refund_owed;
use crate::session::LONGEST_SECONDS;
use crate::uploads::LONGEST_LIFE_SECONDS;

const ROUND: Duration = Duration::from_secs(60);
const ROUNDS_A_DAY: u64 = 24 * 60;
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// Runs the jobs until the process ends. A job that fails is logged, and runs again in the next round.
pub(crate) async fn run(backend: Backend) {
    let mut rounds = 0;
    loop {
        run_once(&backend).await;
        if rounds % ROUNDS_A_DAY == 0 {
            daily(&backend).await;
        }
        rounds += 1;
        tokio::time::sleep(ROUND).await;
    }
}

/// Runs the jobs of every minute once.
pub(crate) async fn run_once(backend: &Backend) {
    if let Err(error) = accept_unanswered_tasks(backend).await {
        tracing::warn!(?error, "deemed acceptance of unanswered tasks");
    }
    // Before any job that goes by due dates.
    if let Err(error) = recompute_due_dates(backend).await {
        tracing::warn!(?error, "provisional due dates");
    }
    if let Err(error) = lapse_overdue_evidence(backend).await {
        tracing::warn!(?error, "overdue evidence");
    }
    if let Err(error) = send_reminders(backend).await {
        tracing::warn!(?error, "reminders");
    }
    if let Err(error) = refund_owed(backend).await {
        tracing::warn!(?error, "refunds");
    }
    messages::deliver(backend).await;
    if let Err(error) = delete_expired(backend).await {
        tracing::warn!(%error, "expired data");
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
    if let Err(error) = delete_orphaned_objects(backend).await {
        tracing::warn!(%error, "orphaned attachments");
    }
    if let Err(error) = backend.uploads.delete_orphaned_pieces(backend.now() - LONGEST_LIFE_SECONDS).await {
        tracing::warn!(%error, "orphaned pieces of uploads");
    }
}

async fn delete_expired(backend: &Backend) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let now = backend.now();
    backend.uploads.delete_expired(&*backend.store, now).await?;
    backend.store.delete_old_uses(now).await?;
    backend.store.delete_unused_browsers(now - BROWSER_SECONDS).await?;
    backend.store.delete_expired_sessions(now - LONGEST_SECONDS).await?;
    Ok(backend.store.delete_expired_codes(now - DAY_SECONDS).await?)
}

/// An object is written before the row that names it. Objects whose row never came, and unfinished ones, are deleted
/// after a day.
async fn delete_orphaned_objects(backend: &Backend) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    backend.attachments.delete_unfinished(backend.now() - DAY_SECONDS).await?;
    for object in backend.attachments.written_before(backend.now() - DAY_SECONDS).await? {
        if !backend.store.is_object_referenced(&object).await? {
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
    async fn orphaned_objects_and_expired_sessions_are_deleted() {
        let folder = tempfile::tempdir().unwrap();
        let backend = Backend::open(&Config::new(folder.path()), Arc::new(InTwoDays)).await.unwrap();
        let object = backend.attachments.put(Bytes::from_static(b"left behind")).await.unwrap();
        let unfinished = folder.path().join("attachments").join(format!("{object}#1"));
        std::fs::write(&unfinished, b"left").unwrap();
        let yesterday = backend.now() - DAY_SECONDS;
        let citizen = backend.store.citizen_with(Known::by_phone("13800000000"), yesterday).await.unwrap();
        backend.store.open_session("hash", &citizen.id, yesterday).await.unwrap();

        delete_orphaned_objects(&backend).await.unwrap();
        delete_expired(&backend).await.unwrap();
        assert!(backend.attachments.get(&object).await.is_err() && !unfinished.exists());
        assert!(backend.store.session("hash", 0, 0).await.unwrap().is_none());
    }
}

//! Background jobs: scheduled transitions, waiting messages, and the deletion of expired and orphaned data.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::{BoxFuture, join_all};

use crate::backend::Backend;
use crate::casework::{
    accept_unanswered_tasks, end_special_procedures, note_missed_deadlines, recompute_due_dates, send_reminders,
};
use crate::error::ApiError;
use crate::messages;
use crate::officer::BROWSER_SECONDS;
use crate::refund::refund_owed;
use crate::renewal::remind_of_ends;
use crate::session::LONGEST_SECONDS;
use crate::signature_request::remind_signers;
use crate::store::StoreError;
use crate::uploads::{LONGEST_LIFE_SECONDS, UploadError};

const ROUND: Duration = Duration::from_secs(60);
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const DAY_SECONDS: i64 = 24 * 60 * 60;

/// A job with its name for the log and the time between its rounds. Jobs do not wait for each other.
type Job = (&'static str, Duration, fn(Backend) -> BoxFuture<'static, ()>);

const JOBS: [Job; 5] = [
    ("cases", ROUND, |backend| Box::pin(async move { move_cases(&backend).await })),
    ("requests to sign", ROUND, |backend| Box::pin(async move { wait_for_signers(&backend).await })),
    ("refunds", ROUND, |backend| Box::pin(async move { refund(&backend).await })),
    ("expired data", ROUND, |backend| Box::pin(async move { delete_what_expired(&backend).await })),
    ("orphaned data", DAY, |backend| Box::pin(async move { delete_what_is_orphaned(&backend).await })),
];

const MESSAGES: Job = ("messages", ROUND, |backend| Box::pin(async move { messages::deliver(&backend).await }));

/// Runs the jobs until the process ends. What fails is logged, and tried again in the next round.
pub(crate) async fn run(backend: Backend) {
    join_all(JOBS.into_iter().chain([MESSAGES]).map(|job| repeat(&backend, job))).await;
}

async fn repeat(backend: &Backend, job: Job) {
    loop {
        run_job(backend, job).await;
        tokio::time::sleep(job.1).await;
    }
}

/// Runs the jobs of every minute once, and then sends what they wrote.
pub(crate) async fn run_once(backend: &Backend) {
    join_all(JOBS.into_iter().filter(|job| job.1 == ROUND).map(|job| run_job(backend, job))).await;
    run_job(backend, MESSAGES).await;
}

/// In a task of its own, so that a panic ends this round of this job only.
async fn run_job(backend: &Backend, (name, _, job): Job) {
    if let Err(error) = tokio::spawn(job(backend.clone())).await {
        tracing::error!(%error, name, "a background job");
    }
}

/// Works on one case of many: whatever goes wrong there is logged, and the others go on.
pub(crate) async fn isolated(what: &'static str, reference: &str, work: impl Future<Output = Result<(), ApiError>>) {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::warn!(?error, reference, what),
        Err(_) => tracing::error!(reference, what, "panicked"),
    }
}

async fn move_cases(backend: &Backend) {
    if let Err(error) = accept_unanswered_tasks(backend).await {
        tracing::warn!(?error, "deemed acceptance of unanswered tasks");
    }
    if let Err(error) = end_special_procedures(backend).await {
        tracing::warn!(?error, "special procedures whose time is over");
    }
    // Before any job that goes by due dates.
    if let Err(error) = recompute_due_dates(backend).await {
        tracing::warn!(?error, "provisional due dates");
    }
    if let Err(error) = note_missed_deadlines(backend).await {
        tracing::warn!(?error, "overdue materials");
    }
    if let Err(error) = send_reminders(backend).await {
        tracing::warn!(?error, "reminders");
    }
    if let Err(error) = remind_of_ends(backend).await {
        tracing::warn!(?error, "certificates that end");
    }
}

async fn wait_for_signers(backend: &Backend) {
    if let Err(error) = remind_signers(backend).await {
        tracing::warn!(?error, "requests to sign");
    }
}

async fn refund(backend: &Backend) {
    if let Err(error) = refund_owed(backend).await {
        tracing::warn!(?error, "refunds");
    }
}

async fn delete_what_expired(backend: &Backend) {
    if let Err(error) = delete_expired_uploads(backend).await {
        tracing::warn!(%error, "expired uploads");
    }
    if let Err(error) = delete_expired(backend).await {
        tracing::warn!(%error, "expired data");
    }
    backend.erase_what_is_owed().await;
    if let Err(error) = keep_releases(backend).await {
        tracing::warn!(%error, "files of earlier releases");
    }
}

async fn keep_releases(backend: &Backend) -> std::io::Result<()> {
    let (releases, now) = (backend.releases.clone(), backend.now());
    tokio::task::spawn_blocking(move || releases.keep_up(now)).await.map_err(std::io::Error::other)?
}

async fn delete_what_is_orphaned(backend: &Backend) {
    if let Err(error) = delete_orphaned_objects(backend).await {
        tracing::warn!(%error, "orphaned attachments");
    }
    if let Err(error) = backend.uploads.delete_orphaned_pieces(backend.now() - LONGEST_LIFE_SECONDS).await {
        tracing::warn!(%error, "orphaned pieces of uploads");
    }
}

async fn delete_expired_uploads(backend: &Backend) -> Result<(), UploadError> {
    backend.uploads.delete_expired(&*backend.store, backend.now()).await
}

async fn delete_expired(backend: &Backend) -> Result<(), StoreError> {
    let now = backend.now();
    backend.store.delete_old_uses(now).await?;
    backend.store.delete_unused_browsers(now - BROWSER_SECONDS).await?;
    backend.store.delete_expired_sessions(now - LONGEST_SECONDS).await?;
    backend.store.delete_expired_codes(now - DAY_SECONDS).await
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

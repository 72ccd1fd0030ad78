//! The outbox of SMS. A message is written in the transaction that causes it and sent afterwards. One sender at a
//! time takes a message, for as long as its lease; a failed message is retried with growing pauses, and never given
//! up.

use contract::api::OutboxView;

use crate::backend::Backend;
use crate::error::ApiError;
use crate::partners::rfc3339;
use crate::store::Backlog;

const AT_ONCE: u32 = 100;
/// Longer than a slow gateway needs for all of them.
const LEASE_SECONDS: i64 = 300;

/// Before the second try, and at most.
const FIRST_PAUSE_SECONDS: i64 = 30;
const LONGEST_PAUSE_SECONDS: i64 = 60 * 60;

/// Sends waiting messages in a task of their own, so that no request waits for a slow gateway.
pub(crate) fn deliver_soon(backend: &Backend) {
    let backend = backend.clone();
    tokio::spawn(async move { deliver(&backend).await });
}

/// Counts the messages that have not gone out, for officers who can ask the gateway's operator.
pub(crate) async fn backlog(backend: &Backend) -> Result<OutboxView, ApiError> {
    let Backlog { waiting, failing, most_failures, oldest_at } = backend.store.backlog().await?;
    Ok(OutboxView { waiting, failing, most_failures, oldest_at: oldest_at.map(rfc3339) })
}

/// Sends waiting messages, the oldest first. A message that fails waits for its next attempt.
pub(crate) async fn deliver(backend: &Backend) {
    let now = backend.now();
    let waiting = match backend.store.take_messages(AT_ONCE, now, now + LEASE_SECONDS).await {
        Ok(waiting) => waiting,
        Err(error) => return tracing::error!(%error, "messages"),
    };
    for message in waiting {
        let sent = backend.partners.sms.send(&key(message.id), &message.phone, &message.text).await;
        let noted = match &sent {
            Ok(()) => backend.store.message_was_sent(message.id, backend.now()).await,
            Err(error) => {
                let failures = message.failures + 1;
                tracing::warn!(%error, id = message.id, failures, "a message waits");
                backend.store.message_waits(message.id, backend.now() + pause_seconds(failures)).await
            }
        };
        if let Err(error) = noted {
            tracing::error!(%error, "a message will be sent again, under the same key");
        }
    }
}

/// One key for each message: a sender that is killed before it notes the sending leaves the message to another
/// sender, and the gateway recognises the key.
fn key(id: i64) -> String {
    format!("outbox-{id}")
}

/// Twice as long each time, and up to a half more by chance, so that what failed together does not come back together.
fn pause_seconds(failures: u32) -> i64 {
    let doubled = FIRST_PAUSE_SECONDS.saturating_mul(1 << failures.saturating_sub(1).min(16));
    let pause = doubled.min(LONGEST_PAUSE_SECONDS);
    let chance = getrandom::u32().map_or(0, i64::from);
    pause + chance % (pause / 2 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[invariant::invariant("nothing-given-up")]
    fn pauses_double_up_to_an_hour_and_are_spread() {
        for (failures, least, most) in
            [(1, 30, 45), (2, 60, 90), (5, 480, 720), (8, 3600, 5400), (u32::MAX, 3600, 5400)]
        {
            for _ in 0..100 {
                let pause = pause_seconds(failures);
                assert!((least..=most).contains(&pause), "after {failures} failures {pause} s");
            }
        }
        let spread: std::collections::BTreeSet<_> = (0..100).map(|_| pause_seconds(8)).collect();
        assert!(spread.len() > 10, "they come back together");
    }
}

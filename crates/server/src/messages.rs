//! SMS that were written down with what caused them, and go out when the gateway takes them. Each is taken by one sender at
//! a time; one that died leaves it to others after a while.

use crate::backend::Backend;

const AT_ONCE: u32 = 100;
/// Longer than a slow gateway needs for all of them.
const LEASE_SECONDS: i64 = 300;

/// Sends what waits beside the request that wrote it down: nobody waits for a slow gateway.
pub(crate) fn deliver_soon(backend: &Backend) {
    let backend = backend.clone();
    tokio::spawn(async move { deliver(&backend).await });
}

/// Sends what waits, oldest first. After a failure the next round tries again.
pub(crate) async fn deliver(backend: &Backend) {
    let now = backend.now();
    let waiting = match backend.store.take_messages(AT_ONCE, now, now + LEASE_SECONDS).await {
        Ok(waiting) => waiting,
        Err(error) => return tracing::error!(%error, "messages"),
    };
    for message in waiting {
        let sent = backend.partners.sms.send(&message.phone, &message.text).await;
        let noted = match &sent {
            Ok(()) => backend.store.message_was_sent(message.id, backend.now()).await,
            Err(error) => {
                tracing::warn!(%error, "a message waits");
                backend.store.message_waits(message.id).await
            }
        };
        if let Err(error) = noted {
            tracing::error!(%error, "a message may be sent twice");
        }
    }
}

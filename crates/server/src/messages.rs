//! SMS that were written down with what caused them, and go out when the gateway takes them.

use crate::backend::Backend;

const AT_ONCE: u32 = 100;

/// Sends what waits, oldest first, and stops at the first failure: the next round tries again.
pub(crate) async fn deliver(backend: &Backend) {
    let waiting = match backend.store.unsent_messages(AT_ONCE).await {
        Ok(waiting) => waiting,
        Err(error) => return tracing::error!(%error, "messages"),
    };
    for message in waiting {
        if let Err(error) = backend.partners.sms.send(&message.phone, &message.text).await {
            return tracing::warn!(%error, "a message waits");
        }
        if let Err(error) = backend.store.message_was_sent(message.id, backend.now()).await {
            return tracing::error!(%error, "a message may be sent twice");
        }
    }
}

//! Following a case while it is looked at: server-sent events.

use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Sse;
use axum::response::sse::Event;
use futures_util::Stream;
use futures_util::stream::unfold;
use serde::Deserialize;
use tokio::time::{Instant, sleep};

use crate::accept::ShutdownSignal;
use crate::backend::Backend;
use crate::case::OpenCase;
use crate::error::ApiError;
use crate::extract::{Parameters, Path};
use crate::session::{self, SignedIn};
use crate::share_limit::SharePermit;

/// A second copy of the server may have written: the database is asked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// Browsers reconnect by themselves, and their session is checked again.
const LONGEST: Duration = Duration::from_secs(5 * 60);
const COME_BACK_AFTER: Duration = Duration::from_secs(3);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Seen {
    seen: Option<u64>,
}

/// Tells when something happened to the case after `seen`; who reconnects says it by `Last-Event-ID`.
#[utoipa::path(get, path = "/api/cases/{reference}/events", tag = "cases",
    params(("reference" = String, Path), ("seen" = Option<u64>, Query, description = "as the case said")),
    responses((status = 200, content_type = "text/event-stream", body = String), (status = 401), (status = 404), (status = 429)))]
pub(super) async fn follow_case(
    State(backend): State<Backend>,
    SignedIn(citizen): SignedIn,
    Path(reference): Path<String>,
    Parameters(Seen { seen }): Parameters<Seen>,
    shutdown: ShutdownSignal,
    headers: HeaderMap,
) -> Result<Sse<impl Stream<Item = Result<Event, Infallible>>>, ApiError> {
    let case = OpenCase::of(&backend, &citizen, &reference).await?;
    let busy = ApiError::TooMany { retry_after_seconds: 60 };
    let permit = backend.followers.acquire(citizen.id).ok_or(busy)?;
    let last = headers.get("last-event-id").and_then(|id| id.to_str().ok()).and_then(|id| id.parse().ok());
    let (reference, until) = (case.record.reference, Instant::now() + LONGEST);
    let seen = last.or(seen);
    let follower = Follower { reference, seen, until, shutdown, backend, headers, _permit: permit };
    Ok(Sse::new(unfold(follower, next)))
}

struct Follower {
    backend: Backend,
    reference: String,
    seen: Option<u64>,
    /// They name the session, which may end meanwhile.
    headers: HeaderMap,
    until: Instant,
    shutdown: ShutdownSignal,
    /// Given back when the client has gone.
    _permit: SharePermit<String>,
}

/// Waits for the next thing; a comment now and then shows that the line stands.
async fn next(mut follower: Follower) -> Option<(Result<Event, Infallible>, Follower)> {
    for _ in 0..15 {
        let happened = follower.backend.store.happened(&follower.reference).await.ok()?;
        if follower.seen != Some(happened) {
            if !session::stands(&follower.backend, &follower.headers).await {
                return None;
            }
            follower.seen = Some(happened);
            let event = Event::default().id(happened.to_string()).retry(COME_BACK_AFTER).data("changed");
            return Some((Ok(event), follower));
        }
        if Instant::now() > follower.until {
            return None;
        }
        tokio::select! {
            () = sleep(LOOK_EVERY) => {}
            // The follower reconnects to the next program, and does not delay the shutdown.
            () = follower.shutdown.received() => return None,
        }
    }
    if !session::stands(&follower.backend, &follower.headers).await {
        return None;
    }
    Some((Ok(Event::default().comment("")), follower))
}

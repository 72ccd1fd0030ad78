//! The line to a server that goes away and comes back: a request waits for the server, and is sent again until there
//! is an answer.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::watch;

use crate::client::Reply;

/// Nothing that works takes as long as this.
const TIMEOUT: Duration = Duration::from_secs(60);

/// Clients share one end of the line; the test that kills the server holds the other.
#[derive(Clone)]
pub(crate) struct Line {
    server: Arc<watch::Sender<Server>>,
    begun: Arc<watch::Sender<u64>>,
    cut_off: Arc<AtomicU64>,
}

#[derive(Clone, Copy, PartialEq)]
enum Server {
    At(SocketAddr),
    Away,
    /// Nothing new is to be begun.
    Closing(SocketAddr),
}

/// An answer, and whether an earlier try was cut off: then the request may have been done twice.
pub(crate) struct Asked {
    pub(crate) reply: Reply,
    pub(crate) again: bool,
}

impl Line {
    pub(crate) fn to(at: SocketAddr) -> Self {
        Self {
            server: Arc::new(watch::Sender::new(Server::At(at))),
            begun: Arc::new(watch::Sender::new(0)),
            cut_off: Arc::default(),
        }
    }

    pub(crate) async fn ask(&self, request: impl AsyncFn(SocketAddr) -> Option<Reply>) -> Asked {
        let mut again = false;
        loop {
            let at = self.address().await;
            self.begun.send_modify(|begun| *begun += 1);
            if let Some(reply) = request(at).await {
                return Asked { reply, again };
            }
            again = true;
            self.cut_off.fetch_add(1, Ordering::Relaxed);
            tokio::task::yield_now().await;
        }
    }

    async fn address(&self) -> SocketAddr {
        let mut server = self.server.subscribe();
        let there = tokio::time::timeout(TIMEOUT, server.wait_for(|server| *server != Server::Away)).await;
        match *there.unwrap().unwrap() {
            Server::At(at) | Server::Closing(at) => at,
            Server::Away => unreachable!("was waited for"),
        }
    }

    /// Waits until so many more requests were begun.
    pub(crate) async fn begun(&self, more: u64) {
        let mut begun = self.begun.subscribe();
        let until = *begun.borrow() + more;
        tokio::time::timeout(TIMEOUT, begun.wait_for(|begun| *begun >= until)).await.unwrap().unwrap();
    }

    /// Requests that began and got no answer.
    pub(crate) fn cut_off(&self) -> u64 {
        self.cut_off.load(Ordering::Relaxed)
    }

    pub(crate) fn cut(&self) {
        self.server.send_replace(Server::Away);
    }

    pub(crate) fn reconnect(&self, at: SocketAddr) {
        self.server.send_replace(Server::At(at));
    }

    /// The last server: requests that were begun are finished there.
    pub(crate) fn close(&self, at: SocketAddr) {
        self.server.send_replace(Server::Closing(at));
    }

    /// Waits until nothing new is to be begun.
    pub(crate) async fn closing(&self) {
        let mut server = self.server.subscribe();
        server.wait_for(|server| matches!(server, Server::Closing(_))).await.unwrap();
    }

    pub(crate) fn is_closing(&self) -> bool {
        matches!(*self.server.borrow(), Server::Closing(_))
    }
}

//! The accept loop. `axum::serve` waits for ever for the rest of a header; this one waits for nobody: slow headers, bodies that
//! stall and addresses with very many connections are sent away, and stopping takes a known time.

mod addresses;
mod descriptors;
mod stopping;
mod unread;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::Service;
use tower_http::timeout::TimeoutBody;

use addresses::Addresses;
pub(crate) use stopping::Stopping;
use unread::Taken;

/// What a client may take of us.
pub(crate) struct Limits {
    /// For a header to arrive; also the time that a kept-alive connection may be idle.
    pub(crate) header: Duration,
    /// Between two pieces of a body.
    pub(crate) body: Duration,
    /// For an answer that is not read.
    pub(crate) answer: Duration,
    pub(crate) connections: usize,
    pub(crate) connections_per_address: usize,
    /// For running requests, once we are told to stop.
    pub(crate) goodbye: Duration,
}

impl Limits {
    pub(crate) fn with(connections_per_address: usize) -> Self {
        Self {
            header: Duration::from_secs(20),
            body: Duration::from_secs(15),
            // A phone on the edge of a cell takes a buffer of some 30 KB at a time.
            answer: Duration::from_secs(60),
            connections: descriptors::room_for_connections(4096),
            connections_per_address,
            // With what comes before and after, the program ends within 20 seconds.
            goodbye: Duration::from_secs(18),
        }
    }
}

/// Answers requests until `stop` is ready, then ends what would not end by itself and lets the rest finish.
pub(crate) async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header).max_headers(64).max_header_size(16 * 1024);
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let addresses = Addresses::with(limits.connections_per_address);
    let (stopping, told) = watch::channel(false);
    tokio::pin!(stop);
    loop {
        let slot = tokio::select! {
            slot = Arc::clone(&slots).acquire_owned() => slot,
            () = &mut stop => break,
        };
        let (connection, peer) = tokio::select! {
            accepted = accept(&listener) => accepted,
            () = &mut stop => break,
        };
        // One too many is closed without a word: to read its request would be to serve it.
        let Some(place) = addresses.enter(peer.ip()) else { continue };
        let client = Client { peer, stopping: Stopping::from(told.clone()), patience: limits.body };
        let connection = TokioIo::new(Taken::within(limits.answer, connection));
        let served = graceful.watch(http.serve_connection(connection, client.asks(app.clone())));
        tokio::spawn(async move {
            // A client that went away is not news.
            let _ = served.await;
            drop((slot, place));
        });
    }
    drop(listener);
    let _ = stopping.send(true);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.goodbye) => tracing::warn!("some requests were not finished"),
    }
}

/// Waits out a lack of file descriptors instead of ending the server.
async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            Err(_) => tokio::time::sleep(Duration::from_millis(100)).await,
        }
    }
}

/// The other end of a connection.
#[derive(Clone)]
struct Client {
    peer: SocketAddr,
    stopping: Stopping,
    patience: Duration,
}

impl Client {
    /// The application as this client meets it: handlers learn who is asking and when to stop, and no body stalls for long.
    fn asks(
        self,
        app: Router,
    ) -> TowerToHyperService<
        impl Service<
            hyper::Request<Incoming>,
            Response = axum::response::Response,
            Error = std::convert::Infallible,
            Future: Send,
        > + Clone,
    > {
        TowerToHyperService::new(tower::service_fn(move |mut request: hyper::Request<Incoming>| {
            request.extensions_mut().insert(ConnectInfo(self.peer));
            request.extensions_mut().insert(self.stopping.clone());
            let (mut app, patience) = (app.clone(), self.patience);
            async move { app.call(request.map(|body| patient(body, patience))).await }
        }))
    }
}

/// A body that is not there must not look like one.
fn patient(body: Incoming, patience: Duration) -> Body {
    if hyper::body::Body::is_end_stream(&body) { Body::empty() } else { Body::new(TimeoutBody::new(patience, body)) }
}

#[cfg(test)]
mod tests;

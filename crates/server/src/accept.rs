//! The accept loop. `axum::serve` waits for ever for the rest of a header. This loop closes connections whose headers
//! or bodies stall and connections beyond the limit of an address, and it stops within a known time.

mod descriptors;
mod shutdown_signal;
mod write_timeout;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::header::HOST;
use axum::http::uri::Authority;
use axum::http::{StatusCode, Version};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, watch};
use tower::Service;
use tower_http::timeout::TimeoutBody;

pub(crate) use shutdown_signal::ShutdownSignal;
use write_timeout::WriteTimeoutStream;

use crate::network::Network;
use crate::share_limit::ShareLimiter;

/// The limits of time and number that each client is held to.
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
    pub(crate) shutdown_grace: Duration,
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
            shutdown_grace: Duration::from_secs(18),
        }
    }
}

/// Answers requests until `stop` is ready. Then it ends the event streams and lets running requests finish.
pub(crate) async fn serve(listener: TcpListener, app: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.header).max_headers(64).max_header_size(16 * 1024);
    let graceful = GracefulShutdown::new();
    let slots = Arc::new(Semaphore::new(limits.connections));
    let address_limiter = ShareLimiter::with(limits.connections_per_address);
    let (shutdown, shutdown_signal) = watch::channel(false);
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
        // A connection beyond the limit is closed without an answer: reading its request would be serving it.
        let Some(permit) = address_limiter.acquire(Network::of(peer.ip())) else { continue };
        let client =
            Client { peer, shutdown: ShutdownSignal::from(shutdown_signal.clone()), body_timeout: limits.body };
        let connection = TokioIo::new(WriteTimeoutStream::within(limits.answer, connection));
        let served = graceful.watch(http.serve_connection(connection, client.service(app.clone())));
        tokio::spawn(async move {
            // A client that went away is not news.
            let _ = served.await;
            drop((slot, permit));
        });
    }
    drop(listener);
    let _ = shutdown.send(true);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(limits.shutdown_grace) => tracing::warn!("some requests were not finished"),
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
    shutdown: ShutdownSignal,
    body_timeout: Duration,
}

impl Client {
    /// The application for this client: handlers get its address and the shutdown signal, and its request bodies have
    /// a timeout.
    fn service(
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
            request.extensions_mut().insert(self.shutdown.clone());
            let (mut app, timeout) = (app.clone(), self.body_timeout);
            async move {
                if !names_one_host(&request) {
                    return Ok((StatusCode::BAD_REQUEST, "one Host header is needed\n").into_response());
                }
                app.call(request.map(|body| with_body_timeout(body, timeout))).await
            }
        }))
    }
}

/// A request names one host, and only that (RFC 9112 §3.2): proxies may read another of two than we do. HTTP/1.0 may do
/// without.
fn names_one_host<B>(request: &hyper::Request<B>) -> bool {
    let mut hosts = request.headers().get_all(HOST).iter();
    match (hosts.next(), hosts.next()) {
        (Some(host), None) => {
            host.to_str().is_ok_and(|host| host.parse::<Authority>().is_ok_and(|host| !host.as_str().contains('@')))
        }
        (None, None) => request.version() == Version::HTTP_10,
        _ => false,
    }
}

/// An empty body stays empty: wrapped in a timeout it would look like one that is still to come.
fn with_body_timeout(body: Incoming, timeout: Duration) -> Body {
    if hyper::body::Body::is_end_stream(&body) { Body::empty() } else { Body::new(TimeoutBody::new(timeout, body)) }
}

#[cfg(test)]
mod tests;

//! The REST backend: catalogue, sessions, drafts, uploads and cases over one origin. `app` gives the router, `run`
//! serves it.

mod accept;
mod attachments;
mod backend;
mod background_jobs;
mod case;
mod case_lookup;
mod casework;
mod catalogue;
mod certificate;
mod channel;
mod compressed;
mod concurrency_limit;
pub mod config;
mod deliverable;
mod divisions;
mod draft;
mod error;
mod extract;
mod figures;
mod full_disk;
mod grievance;
mod headers;
mod language;
mod lookup;
mod messages;
mod network;
mod notice;
mod officer;
mod offices;
mod pages;
mod partners;
mod pinyin_keys;
mod private_files;
mod rate_limit;
mod rating;
mod refund;
mod renewal;
mod request_log;
mod routes;
mod secret;
mod session;
mod share_limit;
mod signature_request;
mod store;
mod submission;
mod totp;
mod uploads;

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

pub use attachments::{FileToClean, clean_file};
pub use backend::StartError;
pub use partners::{Clock, SystemClock};

use backend::Backend;
use config::Config;

/// Opens the data and gives the whole application. `clock` says what time it is.
pub async fn app(config: &Config, clock: Arc<dyn Clock>) -> Result<Router, StartError> {
    let backend = Backend::open(config, clock).await?;
    routes::router(backend)
}

/// Runs the background jobs once, for programs that keep time themselves.
pub async fn run_background_jobs(config: &Config, clock: Arc<dyn Clock>) -> Result<(), StartError> {
    background_jobs::run_once(&Backend::open(config, clock).await?).await;
    Ok(())
}

/// Serves until the process is told to stop.
pub async fn run(config: &Config) -> Result<(), Box<dyn Error>> {
    private_files::keep_new_files_private();
    let backend = Backend::open(config, Arc::new(SystemClock)).await?;
    let app = routes::router(backend.clone())?;
    let listener = TcpListener::bind(SocketAddr::from((config.host, config.port))).await?;
    println!("listening on http://{}", listener.local_addr()?);
    tokio::spawn(background_jobs::run(backend));
    let limits = accept::Limits::with(config.most_connections_of_an_address());
    accept::serve(listener, app, limits, stopped()).await;
    Ok(())
}

/// Ctrl-C, or the signal with which a service manager stops a program.
async fn stopped() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = interrupted => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    let _ = interrupted.await;
}

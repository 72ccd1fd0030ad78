//! Files of earlier releases. A page that was opened before a release asks for its own scripts and styles afterwards;
//! they stay for thirty days after they were last part of the app.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::embedded::{self, Files};
use super::is_hashed;

const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);
/// How exactly it is known when a file was last part of the app.
const EXACTLY: Duration = Duration::from_secs(60 * 60);

/// Copies of the app's files with a hash in their names, each dated by when it was last part of the app.
#[derive(Clone)]
pub(crate) struct Releases {
    kept: PathBuf,
    app: App,
}

#[derive(Clone)]
enum App {
    Folder(PathBuf),
    Embedded(Files),
}

impl Releases {
    /// Of the app in the folder, or of the one inside the program.
    pub(crate) fn of(app: Option<&Path>, kept: PathBuf) -> Self {
        let app = app.map_or(App::Embedded(embedded::APP), |folder| App::Folder(folder.to_owned()));
        Self { kept, app }
    }

    /// Keeps what the app consists of now, and deletes what has not been part of it for thirty days.
    pub(crate) fn keep_up(&self, now: i64) -> io::Result<()> {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(now.unsigned_abs());
        match &self.app {
            App::Folder(folder) => {
                for entry in fs::read_dir(folder)? {
                    let path = entry?.path();
                    let name = path.file_name().and_then(|name| name.to_str()).filter(|name| is_hashed(name));
                    if let Some(name) = name.filter(|_| path.is_file()) {
                        self.keep(name, || fs::read(&path), now)?;
                    }
                }
            }
            App::Embedded(files) => {
                for (name, content) in files.iter().filter(|(name, _)| is_hashed(name)) {
                    self.keep(name, || Ok(content.to_vec()), now)?;
                }
            }
        }
        self.delete_old(now)
    }

    fn keep(&self, name: &str, content: impl FnOnce() -> io::Result<Vec<u8>>, now: SystemTime) -> io::Result<()> {
        let kept = self.kept.join(name);
        match fs::metadata(&kept) {
            Ok(known) if age(known.modified()?, now) < EXACTLY => Ok(()),
            Ok(_) => File::options().append(true).open(kept)?.set_modified(now),
            Err(_) => {
                // Under a name without a hash, so that half a file is never served.
                let arriving = self.kept.join(format!("arriving.{}", std::process::id()));
                let mut file = File::create(&arriving)?;
                file.write_all(&content()?)?;
                file.set_modified(now)?;
                file.sync_all()?;
                fs::rename(arriving, kept)
            }
        }
    }

    fn delete_old(&self, now: SystemTime) -> io::Result<()> {
        for entry in fs::read_dir(&self.kept)? {
            let entry = entry?;
            if age(entry.metadata()?.modified()?, now) > KEPT {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }
}

fn age(then: SystemTime, now: SystemTime) -> Duration {
    now.duration_since(then).unwrap_or_default()
}

/// Looks among the earlier releases for a file that the app does not have.
pub(super) async fn serve_earlier(State(releases): State<Releases>, request: Request, next: Next) -> Response {
    if !is_hashed(request.uri().path()) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    let again = Request::from_parts(parts.clone(), axum::body::Body::empty());
    let response = next.run(Request::from_parts(parts, body)).await;
    if response.status() != StatusCode::NOT_FOUND {
        return response;
    }
    let kept = ServeDir::new(&releases.kept).append_index_html_on_directories(false);
    kept.precompressed_br().precompressed_gzip().oneshot(again).await.into_response()
}

#[cfg(test)]
mod tests {
    use axum::Router;
    use axum::body::{Body, to_bytes};

    use super::*;

    const FIRST: Files = &[
        ("index.html", b"first page"),
        ("app-0b1c2d3e4f5a6b7c.js", b"first"),
        ("app-0b1c2d3e4f5a6b7c.js.br", b"packed"),
    ];
    const SECOND: Files = &[("index.html", b"second page"), ("app-ffff2d3e4f5a6b7c.js", b"second")];
    const NOW: i64 = 1_795_485_600;
    const DAY: i64 = 24 * 60 * 60;

    async fn get(releases: &Releases, path: &str, accepted: &str) -> (u16, Vec<u8>) {
        let request = Request::builder().uri(path).header("accept-encoding", accepted).body(Body::empty()).unwrap();
        let app: Router = super::super::with_earlier(embedded::router(SECOND), releases);
        let response = app.oneshot(request).await.unwrap();
        (response.status().as_u16(), to_bytes(response.into_body(), 1000).await.unwrap().to_vec())
    }

    #[tokio::test]
    #[invariant::invariant("old-pages-go-on")]
    async fn files_of_an_app_inside_the_program_outlive_it_by_thirty_days() {
        let kept = tempfile::tempdir().unwrap();
        let with = |files| Releases { kept: kept.path().to_owned(), app: App::Embedded(files) };
        with(FIRST).keep_up(NOW).unwrap();
        let second = with(SECOND);
        second.keep_up(NOW + 30 * DAY).unwrap();
        let old = "/app-0b1c2d3e4f5a6b7c.js";
        assert_eq!(get(&second, old, "identity").await, (200, b"first".to_vec()));
        assert_eq!(get(&second, old, "br").await, (200, b"packed".to_vec()));
        assert_eq!(get(&second, "/", "identity").await, (200, b"second page".to_vec()));

        second.keep_up(NOW + 30 * DAY + 1).unwrap();
        assert_eq!(get(&second, old, "identity").await.0, 404);
        assert_eq!(get(&second, "/app-ffff2d3e4f5a6b7c.js", "identity").await, (200, b"second".to_vec()));
    }
}

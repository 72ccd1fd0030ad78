//! A server of one's own for each test: real binary, fresh data, demonstration people.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, PoisonError};

use anyhow::{Context, Result, ensure};
use serde_json::Value;
use tempfile::TempDir;

use crate::{environment, port};

/// Stops when it is dropped, and its data goes with it.
pub struct Server {
    child: Mutex<Child>,
    port: u16,
    data: TempDir,
    name: String,
}

impl Server {
    /// Starts the server; its log goes to `target/e2e/<name>.log`.
    pub async fn start(name: &str) -> Result<Self> {
        let (data, port) = (tempfile::tempdir()?, port::free()?);
        let child = Mutex::new(started(name, data.path(), port).await?);
        Ok(Self { child, port, data, name: name.to_owned() })
    }

    /// The server is gone, as if the cable were cut. What it had acknowledged is on its disk.
    pub fn stop(&self) {
        let mut child = self.child.lock().unwrap_or_else(PoisonError::into_inner);
        // It may have ended by itself; either way it must not outlive the test.
        drop(child.kill());
        drop(child.wait());
    }

    /// The server takes what it is sent and answers nothing, as over a line that has gone dead. Only [`Server::stop`]
    /// ends it.
    pub fn fall_silent(&self) -> Result<()> {
        let id = self.child.lock().unwrap_or_else(PoisonError::into_inner).id().to_string();
        ensure!(Command::new("kill").args(["-STOP", &id]).status()?.success(), "the server cannot be held");
        Ok(())
    }

    /// The same server at the same address, with the same data.
    pub async fn come_back(&self) -> Result<()> {
        let child = started(&self.name, self.data.path(), self.port).await?;
        *self.child.lock().unwrap_or_else(PoisonError::into_inner) = child;
        Ok(())
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The address of a path on this server.
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// How often a route was asked for since the log began, which outlives the test.
    pub fn times_asked(&self, method: &str, route: &str) -> Result<usize> {
        let log = fs::read_to_string(environment::traces().join(format!("{}.log", self.name)))?;
        let asked = format!("method={method} route=\"{route}\"");
        Ok(log.lines().filter(|line| line.contains(&asked)).count())
    }

    /// Reads JSON without a session, as anybody may.
    pub async fn read(&self, path: &str) -> Result<Value> {
        self.read_as("", path).await
    }

    /// The phone of one of the demonstration's people, by the number on the identity card.
    pub async fn phone_of(&self, resident_id: &str) -> Result<String> {
        let people = self.read("/demo/people").await?;
        let is_it = |person: &&Value| person.get("resident_id").and_then(Value::as_str) == Some(resident_id);
        let person = people.as_array().and_then(|all| all.iter().find(is_it));
        let phone = person.and_then(|person| person.get("phone")?.as_str());
        phone.map(str::to_owned).with_context(|| format!("nobody has the number {resident_id}"))
    }

    /// Reads JSON with the cookies of somebody who signed in.
    pub async fn read_as(&self, cookies: &str, path: &str) -> Result<Value> {
        let body = self.bytes_as(cookies, path).await?;
        serde_json::from_slice(&body).with_context(|| format!("GET {path} is no JSON"))
    }

    /// Changes a draft as its owner does on another phone.
    pub async fn change_as(&self, cookies: &str, draft: &str, answers: &Value) -> Result<()> {
        let version = self.read_as(cookies, &format!("/api/drafts/{draft}")).await?["version"].to_string();
        let request = reqwest::Client::new().patch(self.url(&format!("/api/drafts/{draft}")));
        let request = request.header("cookie", cookies).header("if-match", format!("\"{version}\""));
        let response = request.json(&serde_json::json!({ "answers": answers })).send().await?;
        ensure!(response.status().is_success(), "the other phone was refused: {}", response.text().await?);
        Ok(())
    }

    /// Reads a file with the cookies of somebody who signed in.
    pub async fn bytes_as(&self, cookies: &str, path: &str) -> Result<Vec<u8>> {
        let response = reqwest::Client::new().get(self.url(path)).header("cookie", cookies).send().await?;
        let status = response.status();
        let body = response.bytes().await?.to_vec();
        ensure!(status.is_success(), "GET {path} answered {status}: {}", String::from_utf8_lossy(&body));
        Ok(body)
    }
}

async fn started(name: &str, data: &Path, port: u16) -> Result<Child> {
    fs::create_dir_all(environment::traces())?;
    let log = File::options().create(true).append(true).open(environment::traces().join(format!("{name}.log")))?;
    let mut command = Command::new(environment::path("E2E_SERVER")?);
    command.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--demo"]);
    command.arg("--data").arg(data).arg("--app").arg(environment::path("E2E_APP")?);
    command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
    let mut child = command.spawn().context("cannot start the server")?;
    port::wait_for(port, &mut child, "the server").await?;
    Ok(child)
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

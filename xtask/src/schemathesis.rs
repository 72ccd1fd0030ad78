//! `cargo xtask schemathesis`: calls the real server for a minute as `openapi.json` says, and otherwise. No answer is a
//! failure of the server, and each has a type and a shape that the description names.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use anyhow::{Context, Result};

use crate::app::Profile;
use crate::process::Running;
use crate::{process, project, serve, tools};

const SECONDS: &str = "60";
const CHECKS: &str = "not_a_server_error,response_schema_conformance,content_type_conformance";
/// They end the session with which all are called, or do not end.
const LEFT_OUT: [&str; 3] = ["delete_session", "delete_officer_session", "follow_case"];
const SIGN_IN: &str = include_str!("schemathesis/sign_in.py");

/// Fails with every answer that is not as described.
pub(crate) fn call() -> Result<()> {
    let python = tools::ensure_python("schemathesis", include_str!("../../tools/schemathesis.txt"))?;
    let program = serve::build_server(Profile::Development)?;
    let data = project::target().join("schemathesis");
    if data.exists() {
        fs::remove_dir_all(&data)?;
    }
    let mut server = Server::start(&program, &data)?;
    let address = server.address()?;
    let cookies = process::output(process::command(&python).args(["-c", SIGN_IN, &address]))?;
    let mut calls = process::command(python.with_file_name("st"));
    calls.args(["run", &format!("{address}/api/openapi.json"), "--checks", CHECKS, "--max-time", SECONDS]);
    calls.args(["--header", &format!("Cookie: {}", cookies.trim()), "--workers", "2", "--warnings", "off"]);
    calls.args(["--suppress-health-check", "all", "--request-timeout", "35"]);
    calls.args(LEFT_OUT.iter().flat_map(|operation| ["--exclude-operation-id", operation]));
    // It keeps examples of earlier runs in the folder where it runs.
    process::run(calls.current_dir(&data))
}

/// A server of the demonstration.
struct Server(Running);

impl Server {
    fn start(program: &Path, data: &Path) -> Result<Self> {
        let mut command = process::command(program);
        command.args(["--port", "0", "--demo", "--log", "off", "--data"]).arg(data);
        Ok(Self(Running::start(command.stdout(Stdio::piped()))?))
    }

    /// As the server prints it.
    fn address(&mut self) -> Result<String> {
        let mut line = String::new();
        let output = self.0.0.stdout.take().context("the server's output")?;
        BufReader::new(output).read_line(&mut line)?;
        Ok(line.trim().strip_prefix("listening on ").context("the server does not listen")?.to_owned())
    }
}

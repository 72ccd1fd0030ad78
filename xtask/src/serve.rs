//! `cargo xtask serve`: the app and its server, on this machine, with demonstration data.

use std::net::{SocketAddr, TcpStream, ToSocketAddrs};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::app::{self, Profile};
use crate::{process, project, tools};

/// How to serve.
pub(crate) struct Options {
    profile: Profile,
    host: String,
    port: u16,
    data: PathBuf,
    database: Option<String>,
    demo: bool,
    notices: bool,
}

impl Options {
    /// Reads the words after `serve`.
    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Long("release") => options.profile = Profile::Release,
                Long("host") => options.host = parser.value()?.string()?,
                Long("port") => options.port = parser.value()?.parse()?,
                Long("data") => options.data = parser.value()?.into(),
                Long("database") => options.database = Some(parser.value()?.string()?),
                Long("demo") => options.demo = true,
                Long("no-demo") => options.demo = false,
                Long("notices") => options.notices = true,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

impl Default for Options {
    fn default() -> Self {
        Self {
            profile: Profile::Development,
            host: String::from("127.0.0.1"),
            port: 8080,
            data: project::root().join("data"),
            database: None,
            demo: true,
            notices: false,
        }
    }
}

/// Builds and serves until it is stopped.
pub(crate) fn serve(options: &Options) -> Result<()> {
    process::stage("the app");
    app::build(options.profile)?;
    process::stage("the server");
    let program = build_server(options.profile)?;
    if options.notices {
        process::stage("the program that prints notices: five minutes the first time");
        tools::ensure_notice_fonts()?;
        build_notice(options.profile)?;
    }
    let mut server = server_command(&program, options).spawn().context("cannot start the server")?;
    wait_until_it_answers(&mut server, options)?;
    announce(options);
    let status = server.wait()?;
    if !status.success() {
        bail!("the server stopped ({status})");
    }
    Ok(())
}

/// Builds the server and says where its program is.
pub(crate) fn build_server(profile: Profile) -> Result<PathBuf> {
    build(profile, "server")
}

/// The program that prints notices, which the server finds beside its own. By itself (ADR 0015).
pub(crate) fn build_notice(profile: Profile) -> Result<PathBuf> {
    build(profile, "notice")
}

fn build(profile: Profile, name: &str) -> Result<PathBuf> {
    let mut arguments = vec!["build", "-p", name, "--bin", name];
    if profile == Profile::Release {
        arguments.push("--release");
    }
    process::run(&mut process::cargo(&arguments))?;
    let folder = if profile == Profile::Release { "release" } else { "debug" };
    Ok(project::target().join(folder).join(name))
}

fn server_command(program: &Path, options: &Options) -> Command {
    let mut command = process::command(program);
    command.args(["--host", &options.host, "--port", &options.port.to_string()]);
    command.arg("--data").arg(&options.data).arg("--app").arg(project::dist());
    if let Some(database) = &options.database {
        command.args(["--database", database]);
    }
    if options.demo {
        command.arg("--demo");
    }
    command
}

fn wait_until_it_answers(server: &mut Child, options: &Options) -> Result<()> {
    let deadline = Instant::now() + Duration::from_secs(30);
    let address = reachable_address(options)?;
    while TcpStream::connect_timeout(&address, Duration::from_millis(500)).is_err() {
        if let Some(status) = server.try_wait()? {
            bail!("the server stopped before it answered ({status}); is port {} taken?", options.port);
        }
        if Instant::now() > deadline {
            server.kill()?;
            bail!("the server did not answer on {address} within 30 seconds");
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Ok(())
}

/// "All addresses" is a place to listen on, not one to connect to.
fn reachable_address(options: &Options) -> Result<SocketAddr> {
    let host = if options.host == "0.0.0.0" { "127.0.0.1" } else { &options.host };
    let mut addresses = (host, options.port).to_socket_addrs()?;
    addresses.next().with_context(|| format!("`{host}` is no address"))
}

fn announce(options: &Options) {
    println!("\nYijianshi is at   http://{}:{}/", options.host, options.port);
    if options.demo {
        println!("People and SMS    http://{}:{}/demo", options.host, options.port);
    }
    println!("Data is kept in   {}\nCtrl-C stops it.", options.data.display());
}

//! `cargo xtask bench first-step`: how long a phone on a weak line waits for the first step, beside a static page, two
//! peers from npm and, if one is named, an earlier commit of ours. For people: it takes a quiet machine and half an
//! hour.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use lexopt::prelude::*;
use serde_json::{Value, json};

use crate::app::{self, Profile};
use crate::compress::{compress, files_in};
use crate::{process, project, serve, tools};

/// What to measure.
pub(crate) struct Options {
    against: Option<String>,
    runs: u32,
}

impl Options {
    /// Reads the words after `first-step`.
    pub(crate) fn parse(mut parser: lexopt::Parser) -> Result<Self> {
        let mut options = Self { against: None, runs: 7 };
        while let Some(argument) = parser.next()? {
            match argument {
                Long("against") => options.against = Some(parser.value()?.string()?),
                Long("runs") => options.runs = parser.value()?.parse()?,
                other => return Err(other.unexpected().into()),
            }
        }
        Ok(options)
    }
}

/// Builds all contenders and lets them take turns.
pub(crate) fn measure(options: &Options) -> Result<()> {
    let browser = tools::ensure_browser()?;
    tools::ensure_node_tools()?.context("npm is missing: the peers come from there")?;
    let folder = project::target().join("first-step");
    fs::create_dir_all(&folder)?;
    let mut contenders = Vec::new();
    if let Some(commit) = &options.against {
        contenders.push(earlier(commit, &folder)?);
    }
    process::stage("this tree");
    app::build(Profile::Release)?;
    let server = serve::build_server(Profile::Development)?;
    contenders.insert(0, contender("this tree", &server, &project::dist(), true));
    contenders.extend(peers(&server, &folder.join("peers"))?);
    process::stage("measuring");
    let list = folder.join("contenders.json");
    let told = json!({ "contenders": contenders, "chromium": browser.chromium, "runs": options.runs });
    fs::write(&list, told.to_string())?;
    process::run(process::command("node").arg(project::node_tools().join("first-step.mjs")).arg(list))
}

fn contender(name: &str, server: &Path, app: &Path, is_ours: bool) -> Value {
    json!({ "name": name, "server": server, "app": app, "isOurs": is_ours })
}

/// The app and the server of another commit, built by its own commands in a tree of its own. Both are copied out,
/// because the next build writes to the same places.
fn earlier(commit: &str, folder: &Path) -> Result<Value> {
    process::stage(&format!("the commit {commit}"));
    let (tree, kept) = (folder.join(format!("tree-{commit}")), folder.join(format!("app-{commit}")));
    let server = folder.join(format!("server-{commit}"));
    if !(kept.is_dir() && server.is_file()) {
        if !tree.is_dir() {
            process::run(process::command("git").args(["worktree", "add", "--detach"]).arg(&tree).arg(commit))?;
        }
        // `size` builds the release, and its verdict is not ours.
        if let Err(error) = process::run(&mut cargo_in(&tree, &["xtask", "size"])) {
            println!("{error:#}");
        }
        process::run(&mut cargo_in(&tree, &["build", "-p", "server", "--bin", "server"]))?;
        copy_folder(&tree.join("dist"), &kept)?;
        fs::copy(project::target().join("debug/server"), &server)?;
    }
    Ok(contender(&format!("commit {commit}"), &server, &kept, true))
}

fn cargo_in(tree: &Path, arguments: &[&str]) -> Command {
    let mut cargo = process::cargo(arguments);
    cargo.current_dir(tree).env("CARGO_TARGET_DIR", project::target());
    cargo
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for file in files_in(from)? {
        fs::copy(&file, to.join(file.file_name().context("a file has a name")?))?;
    }
    Ok(())
}

/// A static page, and the same questions with Vue and Vant and with React and rjsf: served by our server, compressed as
/// ours.
fn peers(server: &Path, target: &Path) -> Result<Vec<Value>> {
    process::stage("the peers");
    let source = project::node_tools().join("peers");
    process::run(
        process::command("npm").args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(&source),
    )?;
    if target.is_dir() {
        fs::remove_dir_all(target)?;
    }
    process::run(process::command("node").arg(source.join("build.mjs")).arg(target))?;
    let peers = [("static page", "plain"), ("Vue with Vant", "vant"), ("React with rjsf", "rjsf")];
    let built = peers.map(|(name, folder)| -> Result<Value> {
        let app: PathBuf = target.join(folder);
        compress(&app)?;
        Ok(contender(name, server, &app, false))
    });
    built.into_iter().collect()
}

//! `cargo xtask size`: what a phone downloads to show and use the first step, and what each crate costs of it.

mod by_crate;
mod wasm_names;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use lexopt::prelude::*;

use crate::app::{self, Profile};
use crate::compress::{brotli, files_in};
use crate::{process, project, tools};

/// 280 KB: what everything that the first step needs is to weigh, brotli at quality 11. It does not yet (ADR 0026).
const BUDGET_BYTES: usize = 286_720;
/// 333 KB: what it weighs today, and must not grow beyond. It goes down with each cut, until the budget takes its
/// place; ADR 0026 tells each time that it rose.
const CEILING_BYTES: usize = 340_992;

/// Builds the release, unless what stands in `dist/` will do, and measures it.
pub(crate) fn size(mut parser: lexopt::Parser) -> Result<()> {
    let (mut wants_crates, mut builds) = (false, true);
    while let Some(argument) = parser.next()? {
        match argument {
            Long("by-crate") => wants_crates = true,
            Long("no-build") => builds = false,
            other => return Err(other.unexpected().into()),
        }
    }
    if builds {
        app::build(Profile::Release)?;
    }
    let total = measure(&project::dist())?;
    measure_others(&project::dist())?;
    if wants_crates {
        by_crate::print(&project::target().join("wasm32-unknown-unknown/wasm/resident.wasm"))?;
    }
    within_budget(total)
}

/// Prints the files of the resident's first step and returns their size, compressed.
fn measure(dist: &Path) -> Result<usize> {
    process::stage("what a phone downloads for the first step");
    let total = weigh(dist, app::PAGES[0])?;
    println!("{:>10} {total:>10}  together: {:.1} KB; the budget is {} KB", "", kilobytes(total), BUDGET_BYTES / 1024);
    Ok(total)
}

/// Prints the pages that are not part of it: a resident who follows a case has the shared files already, and officers
/// have a fast line and a cache.
fn measure_others(dist: &Path) -> Result<()> {
    process::stage("the program that keeps people's data, fetched after the first paint");
    let local_data = weigh(dist, &script_named(dist, "start-local-data-")?)?;
    println!("{:>10} {local_data:>10}  together: {:.1} KB", "", kilobytes(local_data));
    process::stage("what follows cases, fetched by whoever opens one");
    let following = weigh(dist, app::FOLLOWING)?;
    println!("{:>10} {following:>10}  together, shared files included: {:.1} KB", "", kilobytes(following));
    process::stage("the officers' page, which no resident downloads");
    let total = weigh(dist, app::PAGES[1])?;
    println!("{:>10} {total:>10}  together: {:.1} KB", "", kilobytes(total));
    Ok(())
}

fn script_named(dist: &Path, stem: &str) -> Result<String> {
    let names = files_in(dist)?.into_iter().filter_map(|path| Some(path.file_name()?.to_string_lossy().into_owned()));
    let mut scripts = names.filter(|name| name.starts_with(stem) && name.ends_with(".js"));
    scripts.next().with_context(|| format!("there is no script {stem}*.js"))
}

fn weigh(dist: &Path, page: &str) -> Result<usize> {
    println!("{:>10} {:>10}  file", "raw", "brotli 11");
    let mut total = 0;
    for name in needed_by(dist, page)? {
        let content = fs::read(dist.join(&name))?;
        let compressed = brotli(&content)?.len().min(content.len());
        println!("{:>10} {compressed:>10}  {name}", content.len());
        total += compressed;
    }
    Ok(total)
}

/// Fails above the ceiling, which is for the build that phones get: without npm there is none to judge.
fn within_budget(total: usize) -> Result<()> {
    if tools::ensure_node_tools()?.is_none() {
        println!("Not judged: the budget is for the build with wasm-opt, which npm brings.");
        return Ok(());
    }
    if total > CEILING_BYTES {
        bail!("{:.1} KB are more than a phone on a weak line should wait for", kilobytes(total));
    }
    if total > BUDGET_BYTES {
        println!("NOT MET: the first step is {:.1} KB over its budget.", kilobytes(total - BUDGET_BYTES));
    }
    Ok(())
}

fn kilobytes(bytes: usize) -> f64 {
    f64::from(u32::try_from(bytes).unwrap_or(u32::MAX)) / 1024.0
}

/// A text without the names that are fetched later: what is imported when a step asks for it, the service worker, and
/// the program that keeps people's data.
fn at_once(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((at, begin)) = ["import(\"./", "register(\"/", "name=\"local-data\" content=\"/"]
        .iter()
        .filter_map(|each| Some((rest.find(each)?, each)))
        .min()
    {
        kept.push_str(&rest[..at]);
        let after = &rest[at + begin.len()..];
        rest = after.split_once('"').map_or("", |(_, after)| after);
    }
    kept + rest
}

/// The page, and whatever it or a file that it needs names: style, scripts and wasm.
fn needed_by(dist: &Path, page: &str) -> Result<Vec<String>> {
    let files = files_in(dist).context("the app is not built")?;
    let names: Vec<String> = files
        .iter()
        .filter(|path| {
            path.extension().is_some_and(|extension| extension == "css" || extension == "js" || extension == "wasm")
        })
        .filter_map(|path| Some(path.strip_prefix(dist).ok()?.to_string_lossy().into_owned()))
        .collect();
    let mut needed = vec![String::from(page)];
    let mut read = 0;
    while read < needed.len() {
        let text = at_once(&String::from_utf8_lossy(&fs::read(dist.join(&needed[read]))?));
        let named = names.iter().filter(|name| text.contains(name.as_str()) && !needed.contains(name));
        needed.extend(named.cloned().collect::<Vec<_>>());
        read += 1;
    }
    Ok(needed)
}

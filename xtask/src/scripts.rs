//! The scripts beside the program: each is named by its content, so that it may be cached for ever and never meets one
//! of another release, and the service worker is told which files make up this release.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::app::FOLLOWING;
use crate::bundle::fingerprint;
use crate::compress::files_in;

/// Those that are imported come before those that import them. Trunk names a program that a page starts later by its
/// binary.
const FILES: [&str; 6] =
    ["local-data_bg.wasm", "local-data.js", "start-local-data.js", "look.js", "releases.js", "boot.js"];
/// Its address stays the same, or browsers would not find its successor.
const WORKER: &str = "worker.js";

/// Names the scripts of a built page, and says so to whatever names them.
pub(crate) fn name_by_content(folder: &Path, page: &str) -> Result<()> {
    let page_file = folder.join(page);
    let mut html = fs::read_to_string(&page_file).context("the app is not built")?;
    let mut named: Vec<(&str, String)> = Vec::new();
    for file_name in FILES {
        let file = folder.join(file_name);
        let Ok(content) = fs::read(&file) else { continue };
        let content = match String::from_utf8(content) {
            Ok(text) => named.iter().fold(text, |text, (old, new)| with_name(&text, old, new)).into_bytes(),
            Err(binary) => binary.into_bytes(),
        };
        let (stem, kind) = file_name.rsplit_once('.').context("a file has a kind")?;
        let name = format!("{stem}-{:016x}.{kind}", fingerprint(&content));
        fs::write(folder.join(&name), content)?;
        fs::remove_file(file)?;
        html = html.replace(&format!("\"/{file_name}\""), &format!("\"/{name}\""));
        named.push((file_name, name));
    }
    if let Ok(other) = fs::read_to_string(folder.join(FOLLOWING)) {
        let following = Program::of(&html)?.replaced_by(&Program::of(&other)?, &html);
        fs::write(folder.join(FOLLOWING), with_size(&following, folder)?)?;
    }
    fs::write(&page_file, with_size(&html, folder)?)?;
    tell_worker(folder, page)
}

/// A script with the new name of a file that it imports or fetches: as `'./file'`, or as `new URL('file', …)`.
fn with_name(text: &str, old: &str, new: &str) -> String {
    ["./", "'", "\""]
        .iter()
        .fold(text.to_owned(), |text, before| text.replace(&format!("{before}{old}"), &format!("{before}{new}")))
}

/// Lays the files of a second program into the folder of the page that it shares.
pub(crate) fn lay_beside(from: &Path, page: &str, folder: &Path) -> Result<()> {
    let program = Program::of(&fs::read_to_string(from.join(page)).context("the program is not built")?)?;
    for name in [&program.script, &program.wasm, page] {
        let name = name.trim_start_matches('/');
        fs::copy(from.join(name), folder.join(name))?;
    }
    Ok(())
}

/// The program of a page, as `boot.js` finds it.
struct Program {
    script: String,
    wasm: String,
}

impl Program {
    fn of(html: &str) -> Result<Self> {
        let value = |name: &str| {
            let (_, after) = html.split_once(&format!("{name}=\""))?;
            after.split('"').next().map(str::to_owned)
        };
        let (script, wasm) = value("data-js").zip(value("data-wasm")).context("the page names no program")?;
        Ok(Self { script, wasm })
    }

    /// The same page with another program.
    fn replaced_by(&self, other: &Self, html: &str) -> String {
        html.replace(&self.script, &other.script).replace(&self.wasm, &other.wasm)
    }
}

/// How large the program is, for the bar that shows how much of it has come.
fn with_size(html: &str, folder: &Path) -> Result<String> {
    let wasm = Program::of(html)?.wasm;
    let bytes = fs::metadata(folder.join(wasm.trim_start_matches('/'))).context("there is no program")?.len();
    Ok(html.replacen("data-wasm=", &format!("data-bytes=\"{bytes}\" data-wasm="), 1))
}

fn tell_worker(folder: &Path, page: &str) -> Result<()> {
    let worker = folder.join(WORKER);
    let Ok(text) = fs::read_to_string(&worker) else { return Ok(()) };
    let mut files: Vec<String> = Vec::new();
    for path in files_in(folder)? {
        let name = path.file_name().context("a file has a name")?.to_string_lossy().into_owned();
        if name != WORKER {
            files.push(format!("/{name}"));
        }
    }
    files.sort_unstable();
    let release = fingerprint((files.concat() + &fs::read_to_string(folder.join(page))?).as_bytes());
    let list = files.join("', '");
    // The minifier writes the other quotes.
    let list = if text.contains("\"__FILES__\"") { list.replace('\'', "\"") } else { list };
    let text = text.replacen("__FILES__", &list, 1).replacen("__RELEASE__", &format!("{release:016x}"), 1);
    Ok(fs::write(worker, text)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn built(scripts: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let page = "<meta data-js=\"/app.js\" data-wasm=\"/app.wasm\"><script src=\"/boot.js\"></script>";
        for (name, text) in [("index.html", page), ("app.wasm", "12345")].iter().chain(scripts) {
            fs::write(folder.path().join(name), text).unwrap();
        }
        name_by_content(folder.path(), "index.html").unwrap();
        folder
    }

    fn name_of(folder: &Path, stem: &str) -> String {
        let names = files_in(folder).unwrap();
        let mut names = names.iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned());
        names.find(|name| name.starts_with(stem)).unwrap()
    }

    #[test]
    fn a_changed_script_has_another_name_and_so_has_what_imports_it() {
        let boot = ("boot.js", "import './releases.js';");
        let one = built(&[("releases.js", "1"), boot]);
        let other = built(&[("releases.js", "2"), boot]);
        assert_ne!(name_of(one.path(), "boot-"), name_of(other.path(), "boot-"));
        let page = fs::read_to_string(one.path().join("index.html")).unwrap();
        assert!(page.contains(&name_of(one.path(), "boot-")) && page.contains("data-bytes=\"5\""), "{page}");
    }

    #[test]
    fn a_program_that_is_started_later_is_named_by_its_content_too() {
        let folder = built(&[
            ("local-data_bg.wasm", "\0asm"),
            ("local-data.js", "new URL('local-data_bg.wasm', import.meta.url)"),
            ("start-local-data.js", "import init from './local-data.js';"),
        ]);
        let script = fs::read_to_string(folder.path().join(name_of(folder.path(), "local-data-"))).unwrap();
        assert!(script.contains(&format!("'{}'", name_of(folder.path(), "local-data_bg-"))), "{script}");
        let start = fs::read_to_string(folder.path().join(name_of(folder.path(), "start-local-data-"))).unwrap();
        assert!(start.contains(&format!("'./{}'", name_of(folder.path(), "local-data-"))), "{start}");
    }

    #[test]
    fn the_worker_knows_every_file_of_its_release() {
        let folder = built(&[("boot.js", ""), ("worker.js", "['__FILES__'] '__RELEASE__'")]);
        let worker = fs::read_to_string(folder.path().join("worker.js")).unwrap();
        let boot = name_of(folder.path(), "boot-");
        assert!(worker.starts_with(&format!("['/app.wasm', '/{boot}', '/index.html'] '")), "{worker}");
        assert!(!worker.contains("__"), "{worker}");
    }
}

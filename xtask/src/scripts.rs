//! The scripts beside the program: each is named by its content, so that it may be cached for ever and never meets one of
//! another release, and the service worker is told which files make up this release.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::app::FOLLOWING;
use crate::bundle::fingerprint;
use crate::compress::files_in;

/// Those that are imported come before those that import them.
const SCRIPTS: [&str; 13] = [
    "look.js",
    "unkept.js",
    "http.js",
    "photograph.js",
    "sharing.js",
    "tus.js",
    "journal.js",
    "kept.js",
    "uploads.js",
    "releases.js",
    "offline.js",
    "taps.js",
    "boot.js",
];
/// Its address stays the same, or browsers would not find its successor.
const WORKER: &str = "worker.js";

/// Names the scripts of a built page, and says so to whatever names them.
pub(crate) fn name_by_content(folder: &Path, page: &str) -> Result<()> {
    let page_file = folder.join(page);
    let mut html = fs::read_to_string(&page_file).context("the app is not built")?;
    let mut named: Vec<(&str, String)> = Vec::new();
    for script in SCRIPTS {
        let file = folder.join(script);
        let Ok(text) = fs::read_to_string(&file) else { continue };
        let text = named.iter().fold(text, |text, (old, new)| text.replace(&format!("./{old}"), &format!("./{new}")));
        let stem = script.trim_end_matches(".js");
        let name = format!("{stem}-{:016x}.js", fingerprint(text.as_bytes()));
        fs::write(folder.join(&name), text)?;
        fs::remove_file(file)?;
        html = html.replace(&format!("\"/{script}\""), &format!("\"/{name}\""));
        named.push((script, name));
    }
    if let Ok(other) = fs::read_to_string(folder.join(FOLLOWING)) {
        let following = Program::of(&html)?.replaced_by(&Program::of(&other)?, &html);
        fs::write(folder.join(FOLLOWING), with_size(&following, folder)?)?;
    }
    fs::write(&page_file, with_size(&html, folder)?)?;
    tell_worker(folder, page)
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
        let page = "<meta data-js=\"/app.js\" data-wasm=\"/app.wasm\"><script src=\"/offline.js\"></script>";
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
        let offline = ("offline.js", "import './journal.js';");
        let one = built(&[("journal.js", "1"), offline]);
        let other = built(&[("journal.js", "2"), offline]);
        assert_ne!(name_of(one.path(), "offline-"), name_of(other.path(), "offline-"));
        let page = fs::read_to_string(one.path().join("index.html")).unwrap();
        assert!(page.contains(&name_of(one.path(), "offline-")) && page.contains("data-bytes=\"5\""), "{page}");
    }

    #[test]
    fn the_worker_knows_every_file_of_its_release() {
        let folder = built(&[("offline.js", ""), ("worker.js", "['__FILES__'] '__RELEASE__'")]);
        let worker = fs::read_to_string(folder.path().join("worker.js")).unwrap();
        let offline = name_of(folder.path(), "offline-");
        assert!(worker.starts_with(&format!("['/app.wasm', '/index.html', '/{offline}'] '")), "{worker}");
        assert!(!worker.contains("__"), "{worker}");
    }
}

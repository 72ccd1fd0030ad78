//! Puts the shared code lists of `services/lists/` and the names of divisions into the program, for whoever reads
//! definitions.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Cargo runs this in the folder of the package.
    let out = env::var_os("OUT_DIR").map(PathBuf::from).ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(out.join("lists.rs"), lists()?)?;
    fs::write(out.join("divisions.rs"), divisions()?)
}

fn lists() -> io::Result<String> {
    let folder = Path::new("../../services/lists");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    files.sort();
    let mut lists = String::from("&[");
    for file in files.iter().filter(|file| file.extension().is_some_and(|end| end == "csv")) {
        let id = file.file_stem().unwrap_or_default().to_string_lossy();
        // From the package, so that what one clone built stays right in another that shares its target folder.
        let file = Path::new("/").join(file);
        let _ = write!(lists, "({id:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?}))), ");
    }
    Ok(lists + "]")
}

/// Counties and zones, the lines that have an English name: code, name, basis, English, and more.
fn divisions() -> io::Result<String> {
    let file = "../server/data/divisions/changde.csv";
    println!("cargo::rerun-if-changed={file}");
    let mut divisions = String::from("&[");
    for line in fs::read_to_string(file)?.lines().filter(|line| !line.starts_with('#')).skip(1) {
        if let [code, zh, _, en, ..] = line.split(',').collect::<Vec<_>>()[..] {
            let _ = write!(divisions, "({code:?}, {zh:?}, {en:?}), ");
        }
    }
    Ok(divisions + "]")
}

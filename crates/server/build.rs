//! Puts the definitions of `services/` into the program, and, where `YIJIANSHI_APP` names the folder of a built app,
//! the app too: one file then serves everything.

use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed=migrations");
    // Cargo runs this in the folder of the package.
    write_definitions(Path::new("../../services"))?;
    println!("cargo::rerun-if-env-changed=YIJIANSHI_APP");
    write_app(env::var_os("YIJIANSHI_APP").map(PathBuf::from))
}

fn write_definitions(services: &Path) -> io::Result<()> {
    println!("cargo::rerun-if-changed={}", services.display());
    let mut list = String::from("&[");
    for file in sorted(services)?.iter().map(|folder| folder.join("service.toml")).filter(|file| file.is_file()) {
        // From the package, so that what one clone built stays right in another that shares its target folder.
        let file = Path::new("/").join(file);
        let _ = write!(list, "include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {file:?})), ");
    }
    write_out("definitions.rs", list + "]")
}

/// Files by name. Trunk writes no folders.
fn write_app(folder: Option<PathBuf>) -> io::Result<()> {
    let mut list = String::from("&[");
    if let Some(folder) = folder {
        println!("cargo::rerun-if-changed={}", folder.display());
        for file in sorted(&folder)?.iter().filter(|file| file.is_file()) {
            let name = file.file_name().unwrap_or_default();
            let _ = write!(list, "({name:?}, include_bytes!({:?})), ", file.canonicalize()?);
        }
    }
    write_out("app.rs", list + "]")
}

fn sorted(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut entries = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    entries.sort();
    Ok(entries)
}

fn write_out(name: &str, text: String) -> io::Result<()> {
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join(name), text)
}

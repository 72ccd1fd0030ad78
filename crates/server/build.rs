//! Puts the definitions of `services/` into the program, so that one file serves everything.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services");
    println!("cargo::rerun-if-changed={}", services.display());
    println!("cargo::rerun-if-changed=migrations");
    let mut list = String::from("&[");
    let mut folders = fs::read_dir(services)?.collect::<Result<Vec<_>, _>>()?;
    folders.sort_by_key(fs::DirEntry::file_name);
    for file in folders.iter().map(|folder| folder.path().join("service.toml")).filter(|file| file.is_file()) {
        let _ = write!(list, "include_str!({:?}), ", file.canonicalize()?);
    }
    list.push(']');
    let out = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("cargo sets OUT_DIR"))?;
    fs::write(Path::new(&out).join("definitions.rs"), list)
}

//! Puts all services and their examples into the program, since a browser has no folder to read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let services = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../services").canonicalize()?;
    println!("cargo::rerun-if-changed={}", services.display());
    let mut list = String::from("pub const SERVICES: &[(&str, &[&str])] = &[\n");
    for service in entries(&services)?.into_iter().filter(|path| path.join("service.toml").is_file()) {
        let examples = entries(&service.join("examples"))?;
        let included: Vec<_> = examples.iter().map(|path| format!("include_str!({path:?})")).collect();
        let definition = service.join("service.toml");
        writeln!(list, "(include_str!({definition:?}), &[{}]),", included.join(", ")).map_err(io::Error::other)?;
    }
    list.push_str("];\n");
    let folder = env::var_os("OUT_DIR").map(PathBuf::from).unwrap_or_default();
    fs::write(folder.join("services.rs"), list)
}

fn entries(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<io::Result<Vec<_>>>()?;
    paths.sort();
    Ok(paths)
}

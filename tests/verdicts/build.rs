//! Puts all services and their examples into the program, since a browser has no folder to read.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Cargo runs this in the folder of the package.
    let services = Path::new("../../services").canonicalize()?;
    println!("cargo::rerun-if-changed={}", services.display());
    let mut list = String::from("pub const SERVICES: &[(&str, &str, &str, Option<&str>)] = &[\n");
    for service in entries(&services)?.into_iter().filter(|path| path.join("service.toml").is_file()) {
        let included = |name: &str| format!("include_str!({:?})", service.join(name));
        let (minimal, maximal) = (included("examples/minimal.json"), included("examples/maximal.json"));
        let branches = "examples/branches.toml";
        let has_branches = service.join(branches).is_file();
        let branches = if has_branches { format!("Some({})", included(branches)) } else { "None".to_owned() };
        let definition = included("service.toml");
        writeln!(list, "({definition}, {minimal}, {maximal}, {branches}),").map_err(io::Error::other)?;
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

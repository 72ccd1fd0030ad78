//! What each crate costs: the bytes of its functions in the linked wasm, before wasm-opt and brotli.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use super::wasm_names;
use crate::process;

/// Rows below this share are summed up.
const SHARE_SHOWN: f64 = 0.005;

/// Prints the crates, largest first.
pub(super) fn print(wasm: &Path) -> Result<()> {
    let module = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let contents = wasm_names::read(&module)?;
    let mut sizes: BTreeMap<String, usize> = BTreeMap::new();
    for (name, size) in contents.functions.iter().filter(|(name, _)| !is_build_time(name)) {
        *sizes.entry(owner(name)).or_default() += size;
    }
    sizes.insert(String::from("(text and tables)"), contents.data_bytes);
    let total: usize = sizes.values().sum();
    let mut rows: Vec<_> = sizes.into_iter().collect();
    rows.sort_by_key(|(_, size)| std::cmp::Reverse(*size));
    process::stage("what each crate costs (linked wasm, before wasm-opt and compression)");
    let mut rest = 0;
    for (name, size) in rows {
        let share = ratio(size, total);
        if share < SHARE_SHOWN {
            rest += size;
        } else {
            println!("{size:>10} {:>5.1} %  {name}", share * 100.0);
        }
    }
    println!("{rest:>10} {:>5.1} %  smaller ones together", ratio(rest, total) * 100.0);
    Ok(())
}

/// wasm-bindgen runs these during the build and removes them.
fn is_build_time(name: &str) -> bool {
    name.contains("__wbindgen_describe") || name.contains("WasmDescribe")
}

/// The crate that a function belongs to. An instance of a generic function counts for the crate of its first type
/// that is ours or a library's, since that is who asked for it: `<app::Page as Render>::build` counts for `app`.
fn owner(name: &str) -> String {
    let readable = format!("{:#}", rustc_demangle::demangle(name));
    let words = readable.split(|character: char| !(character.is_alphanumeric() || "_:".contains(character)));
    let mut crates = words.filter_map(|word| word.trim_start_matches(':').split_once("::")).map(|(first, _)| first);
    let first = crates.clone().next();
    let named = crates.find(|name| !matches!(*name, "core" | "alloc" | "std")).or(first);
    named.map_or_else(|| String::from("(compiler and C)"), str::to_owned)
}

fn ratio(part: usize, whole: usize) -> f64 {
    let as_float = |bytes: usize| f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
    as_float(part) / as_float(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::owner;

    #[test]
    fn a_function_counts_for_its_crate() {
        assert_eq!(owner("leptos::mount::mount_to_body"), "leptos");
        assert_eq!(owner("<app::Page as tachys::Render>::build"), "app");
        assert_eq!(owner("core::ptr::drop_in_place<serde_json::Value>"), "serde_json");
        assert_eq!(owner("core::fmt::write"), "core");
        assert_eq!(owner("memcpy"), "(compiler and C)");
    }
}

//! The bytes of each crate's functions in the linked wasm, before wasm-opt and brotli.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result};

use super::wasm_names;
use crate::process;

/// Rows below this share are summed up.
const SHARE_SHOWN: f64 = 0.005;

/// Prints the crates and the families of functions, largest first.
pub(super) fn print(wasm: &Path) -> Result<()> {
    let module = std::fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
    let contents = wasm_names::read(&module)?;
    let functions = || contents.functions.iter().filter(|(name, _)| !is_build_time(name));
    let total = functions().map(|(_, size)| size).sum::<usize>() + contents.data_bytes;
    let data = (String::from("(text and tables)"), contents.data_bytes);
    process::stage("who costs what (linked wasm, before wasm-opt and compression)");
    print_rows(functions().map(|(name, size)| (layer(&owner(name)).to_owned(), *size)).chain([data.clone()]), total);
    process::stage("what each crate costs");
    print_rows(functions().map(|(name, size)| (owner(name), *size)).chain([data]), total);
    process::stage("which functions, all instances of a generic one together");
    print_rows(functions().map(|(name, size)| (family(name), *size)), total);
    Ok(())
}

fn print_rows(parts: impl Iterator<Item = (String, usize)>, total: usize) {
    let mut sizes: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (name, size) in parts {
        let (sum, count) = sizes.entry(name).or_default();
        (*sum, *count) = (*sum + size, *count + 1);
    }
    let (mut large, small): (Vec<_>, Vec<_>) =
        sizes.into_iter().partition(|(_, (size, _))| ratio(*size, total) >= SHARE_SHOWN);
    large.sort_by_key(|(_, (size, _))| std::cmp::Reverse(*size));
    for (name, (size, count)) in large {
        println!("{size:>10} {:>5.1} %  {count:>5} × {name}", ratio(size, total) * 100.0);
    }
    let rest: usize = small.iter().map(|(_, (size, _))| size).sum();
    println!("{rest:>10} {:>5.1} %  smaller ones together", ratio(rest, total) * 100.0);
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

/// Which part of the program a crate belongs to.
fn layer(owner: &str) -> &'static str {
    match owner {
        "app" | "resident" | "follower" | "officer" => "the app",
        "contract" => "contract",
        "core" | "alloc" | "std" | "(compiler and C)" | "hashbrown" | "rlsf" => "std and allocator",
        "leptos" | "tachys" | "reactive_graph" | "reactive_stores" | "any_spawner" | "or_poisoned" | "throw_error"
        | "hydration_context" | "either_of" | "oco_ref" | "next_tuple" | "send_wrapper" | "slotmap" | "indexmap"
        | "futures" | "futures_util" | "leptos_dom" | "server_fn" | "wasm_streams" | "guardian" => "Leptos",
        "serde" | "serde_core" | "serde_json" | "serde_path_to_error" | "itoa" | "ryu" | "zmij" => {
            "serde and serde_json"
        }
        _ => "other libraries (gloo, web-sys, wasm-bindgen, time)",
    }
}

/// The path of a function without its types: instances of a generic function are one family.
fn family(name: &str) -> String {
    let readable = format!("{:#}", rustc_demangle::demangle(name));
    let (mut kept, mut depth) = (String::new(), 0_usize);
    for character in readable.replace("->", "").chars() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => kept.push(character),
            _ => {}
        }
    }
    // `<T as Trait>::function` keeps nothing of its head: then the whole name must do, shortened.
    if kept.starts_with("::") { readable.chars().take(90).collect() } else { kept }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let as_float = |bytes: usize| f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
    as_float(part) / as_float(whole.max(1))
}

#[cfg(test)]
mod tests {
    use super::{family, owner};

    #[test]
    fn instances_of_a_generic_function_are_one_family() {
        assert_eq!(family("leptos::mount::mount_to<app::Home, app::Root>"), "leptos::mount::mount_to");
        assert_eq!(family("<app::Page as tachys::Render>::build"), "<app::Page as tachys::Render>::build");
    }

    #[test]
    fn a_function_counts_for_its_crate() {
        assert_eq!(owner("leptos::mount::mount_to_body"), "leptos");
        assert_eq!(owner("<app::Page as tachys::Render>::build"), "app");
        assert_eq!(owner("core::ptr::drop_in_place<serde_json::Value>"), "serde_json");
        assert_eq!(owner("core::fmt::write"), "core");
        assert_eq!(owner("memcpy"), "(compiler and C)");
    }
}

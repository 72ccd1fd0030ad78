//! `contract` runs in a phone, in the server and in tests: it depends on no runtime, web or database crate.

use super::Finding;

const FOREIGN: [&str; 24] = [
    "async-std",
    "axum",
    "chrono",
    "getrandom",
    "gloo-net",
    "hyper",
    "js-sys",
    "leptos",
    "libsqlite3-sys",
    "mio",
    "object_store",
    "postgres",
    "rand",
    "reqwest",
    "rusqlite",
    "rustls",
    "smol",
    "socket2",
    "sqlx",
    "tokio",
    "tower",
    "tower-http",
    "wasm-bindgen",
    "web-sys",
];

/// Reads the list that `cargo tree --prefix none` prints.
pub(super) fn check(tree: &str) -> Vec<Finding> {
    let mut names: Vec<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    names.sort_unstable();
    names.dedup();
    let foreign = names.into_iter().filter(|name| FOREIGN.contains(name));
    foreign.map(|name| Finding::new(1, format!("contract depends on {name}; it must stay pure"))).collect()
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_runtime_under_contract_is_found() {
        assert_eq!(check("contract v0.1.0\nserde v1.0.0\ntokio v1.54.1\ntokio v1.54.1\n").len(), 1);
        assert_eq!(check("contract v0.1.0\nserde v1.0.0\ntime v0.3.55\n").len(), 0);
    }
}

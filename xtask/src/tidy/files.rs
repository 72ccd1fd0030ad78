//! A file is one idea: 300 lines at most, 400 for tests, a first line that says what lives there, a name that is no
//! drawer, and no test that never runs.

use super::rust_text::lines_of_all_code;
use super::{Finding, is_test};

const LINES_MAXIMUM: usize = 300;
const TEST_LINES_MAXIMUM: usize = 400;
const DRAWERS: [&str; 6] = ["utils", "util", "helpers", "common", "misc", "manager"];

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let maximum = if is_test(path) { TEST_LINES_MAXIMUM } else { LINES_MAXIMUM };
    let count = text.lines().count();
    let too_long = (count > maximum).then(|| Finding::new(maximum + 1, format!("{count} lines: split by idea")));
    let no_purpose = (!text.starts_with("//!")).then(|| Finding::new(1, "say in a `//!` line what lives here"));
    too_long.into_iter().chain(no_purpose).chain(drawer(path)).chain(ignored_tests(text)).collect()
}

fn drawer(path: &str) -> Option<Finding> {
    let name = path.rsplit('/').next()?.trim_end_matches(".rs");
    DRAWERS.contains(&name).then(|| Finding::new(1, "a drawer for anything: put the function beside its type"))
}

fn ignored_tests(text: &str) -> impl Iterator<Item = Finding> {
    // Written in two halves, or this file would find itself.
    let ignored = lines_of_all_code(text).filter(|(_, code)| code.contains(concat!("#[ig", "nore")));
    ignored.map(|(line, _)| Finding::new(line, "a test that never runs proves nothing"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_long_file_is_found() {
        let text = "//! Purpose.\n".repeat(301);
        assert_eq!(check("src/app.rs", &text).len(), 1);
        assert_eq!(check("tests/e2e/tests/walk.rs", &text).len(), 0);
    }

    #[test]
    fn a_file_without_a_purpose_is_found() {
        assert_eq!(check("src/app.rs", "use std::fs;\n").len(), 1);
    }

    #[test]
    fn a_drawer_is_found() {
        assert_eq!(check("src/utils.rs", "//! Everything.\n").len(), 1);
    }

    #[test]
    fn a_test_that_never_runs_is_found() {
        let text = concat!("//! Purpose.\n#[test]\n#[ig", "nore = \"slow\"]\nfn holds() {}\n");
        assert_eq!(check("src/app.rs", text).len(), 1);
    }
}

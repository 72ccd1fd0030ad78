//! A file is one idea: 300 lines at most, 400 for tests.

use super::{Finding, is_test};

const LINES_MAXIMUM: usize = 300;
const TEST_LINES_MAXIMUM: usize = 400;

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    let maximum = if is_test(path) { TEST_LINES_MAXIMUM } else { LINES_MAXIMUM };
    let count = text.lines().count();
    let too_long = (count > maximum).then(|| Finding::new(maximum + 1, format!("{count} lines: split by idea")));
    let no_purpose = (!text.starts_with("//!")).then(|| Finding::new(1, "say in a `//!` line what lives here"));
    too_long.into_iter().chain(no_purpose).collect()
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
}

//! One `match` over FieldKind in `contract` and one in `src/fields.rs`, neither with a `_` arm: whoever adds a kind is
//! led to both by the compiler and to nothing else. The server draws some kinds before the app runs, and leaves the
//! others to it.

use super::rust_text::code_lines;
use super::{Finding, is_test};

const ARM: &str = "FieldKind::";
const DRAWS_SOME: &str = "crates/server/src/pages/shell/fields.rs";

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    if is_test(path) || path == DRAWS_SOME {
        return Vec::new();
    }
    let matches = matches_over_kind(text);
    if is_home(path) {
        let open = matches.iter().filter_map(|found| found.wildcard_line);
        return open.map(|line| Finding::new(line, "a `_` arm hides a new field kind from the compiler")).collect();
    }
    matches.iter().map(|found| Finding::new(found.line, "only contract and src/fields.rs match on FieldKind")).collect()
}

fn is_home(path: &str) -> bool {
    path.starts_with("crates/contract/src/") || path == "src/fields.rs"
}

/// A `match` with an arm of FieldKind.
struct Match {
    line: usize,
    depth: usize,
    over_kind: bool,
    wildcard_line: Option<usize>,
}

fn matches_over_kind(text: &str) -> Vec<Match> {
    let mut open: Vec<Match> = Vec::new();
    let mut closed = Vec::new();
    let mut depth = 0;
    for (line, code) in code_lines(text) {
        let trimmed = code.trim_start();
        if let Some(innermost) = open.last_mut().filter(|found| found.depth == depth) {
            innermost.over_kind |=
                trimmed.starts_with(ARM) && code.contains("=>") || trimmed.starts_with("| FieldKind::");
            let is_wildcard = trimmed.starts_with("_ =>") || trimmed.starts_with("_ if ");
            innermost.wildcard_line = innermost.wildcard_line.or(is_wildcard.then_some(line));
        }
        let begins = code.contains("match ") && code.trim_end().ends_with('{');
        depth = (depth + code.matches('{').count()).saturating_sub(code.matches('}').count());
        if begins {
            open.push(Match { line, depth, over_kind: false, wildcard_line: None });
        }
        while open.last().is_some_and(|found| found.depth > depth) {
            closed.extend(open.pop());
        }
    }
    closed.into_iter().filter(|found| found.over_kind).collect()
}

#[cfg(test)]
mod tests {
    use super::check;

    const OPEN: &str = "match kind {\n    FieldKind::Text(text) => text.check(),\n    _ => Vec::new(),\n}\n";
    const WHOLE: &str = "match kind {\n    FieldKind::Text(text) => match text {\n        _ => 1,\n    },\n}\n";

    #[test]
    fn a_wildcard_is_found() {
        assert_eq!(check("crates/contract/src/kinds.rs", OPEN)[0].line, 3);
        assert_eq!(check("src/fields.rs", OPEN).len(), 1);
    }

    #[test]
    fn a_wildcard_of_an_inner_match_is_fine() {
        assert_eq!(check("src/fields.rs", WHOLE).len(), 0);
    }

    #[test]
    fn a_match_elsewhere_is_found() {
        assert_eq!(check("src/pages/review.rs", WHOLE).len(), 1);
        assert_eq!(check("crates/server/tests/kinds.rs", WHOLE).len(), 0);
        assert_eq!(check("crates/server/src/casework.rs", OPEN).len(), 1);
        assert_eq!(check("crates/server/src/pages/shell/fields.rs", OPEN).len(), 0);
    }
}

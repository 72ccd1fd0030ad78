//! `#[expect]` with a reason instead of `#[allow]`, no `#[ignore]`, no `mod.rs`, no drawers such as `utils`.

use super::Finding;
use super::rust_text::lines_of_all_code;

const DRAWERS: [&str; 6] = ["utils", "util", "helpers", "common", "misc", "manager"];

pub(super) fn check(path: &str, text: &str) -> Vec<Finding> {
    // Written in two halves, or this file would find itself.
    let banned = [
        (concat!("#[al", "low("), "use #[expect(lint, reason = \"…\")]: it says when it is no longer needed"),
        (concat!("#![al", "low("), "use #![expect(lint, reason = \"…\")]: it says when it is no longer needed"),
        (concat!("#[ig", "nore"), "a test that never runs proves nothing"),
        (concat!("to", "do!("), "finish it or leave it out"),
        (concat!("unim", "plemented!("), "finish it or leave it out"),
    ];
    let in_lines = lines_of_all_code(text).flat_map(|(line, code)| {
        banned.iter().filter(move |(word, _)| code.contains(word)).map(move |(_, says)| Finding::new(line, *says))
    });
    in_lines.chain(badly_named(path)).collect()
}

fn badly_named(path: &str) -> Option<Finding> {
    let name = path.rsplit('/').next()?.trim_end_matches(".rs");
    if name == "mod" {
        return Some(Finding::new(1, "name the file after its folder: foo.rs beside foo/"));
    }
    DRAWERS.contains(&name).then(|| Finding::new(1, "a drawer for anything: put the function beside its type"))
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn a_silenced_lint_is_found() {
        let text = concat!("//! Purpose.\n#[al", "low(dead_code)]\nfn unused() {}\n");
        assert_eq!(check("src/app.rs", text)[0].line, 2);
    }

    #[test]
    fn a_skipped_test_is_found() {
        assert_eq!(check("src/app.rs", concat!("#[te", "st]\n#[ig", "nore]\n")).len(), 1);
    }

    #[test]
    fn drawers_and_old_module_files_are_found() {
        assert_eq!(check("src/utils.rs", "").len(), 1);
        assert_eq!(check("src/pages/mod.rs", "").len(), 1);
        assert_eq!(check("src/pages/home.rs", "").len(), 0);
    }
}

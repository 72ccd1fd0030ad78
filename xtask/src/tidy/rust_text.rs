//! Rust source as these checks read it: line by line, without comments and without its test module.

/// Lines with their numbers, without comments, up to the test module at the end of the file.
pub(super) fn code_lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    lines_of_all_code(text).take_while(|(_, line)| line.trim() != "#[cfg(test)]")
}

/// As [`code_lines`], tests included.
pub(super) fn lines_of_all_code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(index, line)| (index + 1, without_comment(line)))
}

/// Whether a name stands on a line as a word of its own.
pub(super) fn has_word(line: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// Cuts a line at `//`, but not inside an address such as `https://`.
fn without_comment(line: &str) -> &str {
    let mut searched = 0;
    while let Some(at) = line[searched..].find("//").map(|found| found + searched) {
        if !line[..at].ends_with(':') {
            return &line[..at];
        }
        searched = at + 2;
    }
    line
}

#[cfg(test)]
mod tests {
    use super::{code_lines, has_word};

    #[test]
    fn comments_and_tests_are_left_out() {
        let text = "let a = \"https://x\"; // no\n#[cfg(test)]\nmod tests {}\n";
        assert_eq!(code_lines(text).collect::<Vec<_>>(), [(1, "let a = \"https://x\"; ")]);
    }

    #[test]
    fn a_word_is_not_a_part_of_another() {
        assert!(has_word("use crate::api;", "api"));
        assert!(!has_word("use crate::rapid;", "api"));
    }
}

//! Texts of pages and papers that are no Rust: line by line, without their tags and comments.

use super::{FoundText, has_han};

/// A line of words is one text: a Chinese one, or an English one that is marked as such.
pub(super) fn texts(file: &str, markup: &str) -> Vec<FoundText> {
    let line = |(at, line): (usize, &str)| {
        let words = words(line);
        let is_english = line.contains("lang=\"en\"") && words.chars().any(char::is_alphabetic);
        let (zh, en) = if is_english { (String::new(), Some(words)) } else { (words, None) };
        let is_text = is_english || has_han(&zh) && !line.trim_start().starts_with("//");
        is_text.then(|| FoundText { file: file.to_owned(), place: (at + 1).to_string(), zh, en })
    };
    markup.lines().enumerate().filter_map(line).collect()
}

/// What stands between tags.
fn words(line: &str) -> String {
    let mut depth = 0_u32;
    let mut words = String::new();
    for character in line.chars() {
        match character {
            '<' => depth += 1,
            '>' => depth = depth.saturating_sub(1),
            _ if depth == 0 => words.push(character),
            _ => {}
        }
    }
    words.trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::texts;

    #[test]
    fn words_are_read_without_their_tags() {
        let found =
            texts("index.html", "<p>打 <a href=\"tel:12345\">12345</a></p>\n<p lang=\"en\">Call 12345</p>\n<br>\n");
        let found: Vec<_> = found.iter().map(|one| (one.place.as_str(), one.zh.as_str(), one.en.as_deref())).collect();
        assert_eq!(found, [("1", "打 12345", None), ("2", "", Some("Call 12345"))]);
    }
}

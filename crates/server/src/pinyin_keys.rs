//! Search keys of a Chinese word: its pinyin in full, and the initials.

use pinyin::ToPinyin;

/// `店招` gives `dianzhao dz`. Other characters stay in the full form and are left out of the initials.
pub(crate) fn keys(words: &str) -> String {
    let (mut full, mut initials) = (String::new(), String::new());
    for character in words.chars().filter(|character| !character.is_whitespace()) {
        match character.to_pinyin() {
            Some(pinyin) => {
                full.push_str(pinyin.plain());
                initials.push_str(pinyin.first_letter());
            }
            None => full.extend(character.to_lowercase()),
        }
    }
    if initials.is_empty() { full } else { format!("{full} {initials}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_found_by_its_pinyin_and_its_initials() {
        assert_eq!(keys("店招"), "dianzhao dz");
        assert_eq!(keys("武陵区"), "wulingqu wlq");
        assert_eq!(keys("Shop sign"), "shopsign");
    }
}

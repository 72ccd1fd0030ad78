//! Whether a service is what somebody searches for: by name, common word, pinyin or initials, however it is typed.

use crate::kinds::half_width;

/// `keys` are those of [`crate::api::ServiceSummary`]. Everything is found by nothing.
pub fn finds(keys: &str, search: &str) -> bool {
    let wanted: String = half_width(search).to_ascii_lowercase().split_whitespace().collect();
    let is_match = |key: &str| key.contains(&wanted) || wanted.contains(key) && key.chars().count() > 1;
    wanted.is_empty() || keys.split(' ').any(is_match)
}

#[cfg(test)]
mod tests {
    use super::finds;

    #[test]
    fn a_key_is_found_by_its_parts_and_within_a_sentence() {
        let keys = "店招审批 dianzhaoshenpi dzsp 招牌 x";
        for (search, found) in
            [("", true), ("店招", true), ("ＤＺ", true), ("我要办 招牌", true), ("x光", false), ("养鲸鱼", false)]
        {
            assert_eq!(finds(keys, search), found, "{search}");
        }
    }
}

//! `cargo xtask texts`: every text that a resident or an officer can meet, as lines of place, Chinese and English, so that
//! an editor reads them in one sitting. `tidy` checks that both languages are there and that no banned word is.

mod markup;
mod rust;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};

use crate::compress::files_in;
use crate::project;

/// Rust that speaks to people. `contract` words the errors of answers.
const SPEAKING: [&str; 4] = ["src", "crates/contract/src", "crates/server/src", "crates/notice/src"];
/// Pages that stand before the app does, and the paper of notices.
const MARKUP: [&str; 3] = ["index.html", "agency.html", "crates/notice/src/notice.typ"];
/// What is Chinese only: SMS, legal papers and their ready-made wording, and addresses and names that are matched.
const CHINESE_ONLY: [&str; 24] = [
    "crates/contract/src/address.rs",
    "crates/contract/src/grievance/transition.rs",
    "crates/contract/src/kinds/",
    "crates/contract/src/proof",
    "crates/notice/",
    "crates/server/src/casework/",
    "crates/server/src/deliverable.rs",
    "crates/server/src/divisions.rs",
    "crates/server/src/divisions/remedies.rs",
    "crates/server/src/grievance/follow.rs",
    "crates/server/src/messages.rs",
    "crates/server/src/notice",
    "crates/server/src/partners/",
    "crates/server/src/pinyin_keys.rs",
    "crates/server/src/rating.rs",
    "crates/server/src/refund.rs",
    "crates/server/src/renewal/",
    "crates/server/src/routes/demo/",
    "crates/server/src/routes/sessions.rs",
    "crates/server/src/signature_request/words.rs",
    "crates/server/src/submission",
    "src/agency/wording",
    "src/agency/task/",
    // Dates, where each language is an arm.
    "src/i18n.rs",
];
/// Words that tell nobody what to do, and those that an editor has replaced. Not for services: their own editor reads them.
const BANNED: [&str; 34] = [
    "系统错误",
    "操作失败",
    "格式错误",
    "非法输入",
    "未知错误",
    "请求失败",
    "今天就有人",
    "今天会有人",
    "今天就会有人",
    "告诉你们",
    "填了一半",
    "件事的进度",
    "一起办的几件事",
    "办得怎么样",
    "评好了",
    "快慢",
    "指南准不准",
    "不撤了",
    "补一补",
    "等工作人员看",
    "这一件办不了",
    "几件事都不办",
    "看怎么样了",
    "您最晚交来的日子",
    "先办后查",
    "没有打开",
    "时钟停着",
    "不补正了",
    "证照包",
    "看不出是谁",
    "请改成对的",
    "少跑几趟",
    "次跑动",
    "我的草稿箱",
];

/// One text with its place: a file with its line, or a definition with the ids on the way.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct FoundText {
    pub(crate) file: String,
    pub(crate) place: String,
    pub(crate) zh: String,
    /// `None` where none stands beside it.
    pub(crate) en: Option<String>,
}

/// Prints all of them, tab-separated.
pub(crate) fn texts() -> Result<()> {
    println!("place\tzh\ten");
    for text in all(&project::root())? {
        println!(
            "{}:{}\t{}\t{}",
            text.file,
            text.place,
            one_line(&text.zh),
            one_line(text.en.as_deref().unwrap_or_default())
        );
    }
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with the texts: place and reason.
pub(crate) fn check(root: &Path) -> Result<Vec<(String, String)>> {
    Ok(all(root)?.iter().flat_map(faults).collect())
}

fn faults(text: &FoundText) -> Vec<(String, String)> {
    let place = format!("{}:{}", text.file, text.place);
    let is_one_sided = text.file.ends_with(".rs")
        && text.en.is_none()
        && !is_bilingual(&text.zh)
        && !CHINESE_ONLY.iter().any(|file| text.file.starts_with(file));
    let missing = is_one_sided.then(|| (place.clone(), format!("no English beside “{}”", text.zh)));
    let plain = if text.file.starts_with("services/") { &BANNED[..6] } else { &BANNED[..] };
    let banned = plain.iter().filter(|word| text.zh.contains(**word));
    let banned = banned.map(|word| (place.clone(), format!("“{word}” is no longer said here")));
    missing.into_iter().chain(banned).collect()
}

/// `类别/group`, and what names a language or this program in its own words.
fn is_bilingual(text: &str) -> bool {
    let is_pair = |(_, rest): (&str, &str)| rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '{');
    let foreign = text.replace("一件事", "").replace("中文", "");
    text.split_once('/').is_some_and(is_pair) || !has_han(&foreign)
}

fn all(root: &Path) -> Result<Vec<FoundText>> {
    let mut found = Vec::new();
    for folder in SPEAKING {
        for path in files_in(&root.join(folder))? {
            let file = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
            // Tests say what they like.
            if file.ends_with(".rs") && !file.ends_with("/tests.rs") && !file.contains("/tests/") {
                found.extend(rust::texts(&file, &fs::read_to_string(&path)?));
            }
        }
    }
    for file in MARKUP {
        found.extend(markup::texts(file, &fs::read_to_string(root.join(file))?));
    }
    for path in files_in(&root.join("services"))? {
        let file = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
        if file.ends_with("/service.toml") {
            let value: toml::Value = toml::from_str(&fs::read_to_string(&path)?).with_context(|| file.clone())?;
            walk(&file, String::new(), &value, &mut found);
        }
    }
    Ok(found)
}

/// Every `{ zh, en }` of a definition.
fn walk(file: &str, place: String, value: &toml::Value, found: &mut Vec<FoundText>) {
    match value {
        toml::Value::Table(table) => {
            if let (Some(zh), Some(en)) = (table.get("zh").and_then(toml::Value::as_str), table.get("en")) {
                let en = en.as_str().map(str::to_owned);
                found.push(FoundText { file: file.to_owned(), place, zh: zh.to_owned(), en });
                return;
            }
            for (key, inner) in table.iter().collect::<BTreeMap<_, _>>() {
                walk(file, join(&place, key), inner, found);
            }
        }
        toml::Value::Array(all) => {
            for (at, inner) in all.iter().enumerate() {
                let id = inner.get("id").and_then(toml::Value::as_str).map_or_else(|| at.to_string(), str::to_owned);
                walk(file, join(&place, &id), inner, found);
            }
        }
        _ => {}
    }
}

fn join(place: &str, key: &str) -> String {
    if place.is_empty() { key.to_owned() } else { format!("{place}.{key}") }
}

/// Whether a text is Chinese.
fn has_han(text: &str) -> bool {
    text.chars().any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(file: &str, zh: &str, en: &str) -> FoundText {
        let en = (!en.is_empty()).then(|| en.to_owned());
        FoundText { file: file.to_owned(), place: "1".to_owned(), zh: zh.to_owned(), en }
    }

    #[test]
    fn a_missing_language_and_a_banned_word_are_found() {
        assert_eq!(faults(&text("src/pages/home.rs", "首页", "Home")), []);
        assert_eq!(faults(&text("src/pages/home.rs", "首页", "")).len(), 1);
        assert_eq!(faults(&text("crates/server/src/refund.rs", "已退款", "")), []);
        assert_eq!(faults(&text("src/pages/home.rs", "系统错误", "System error")).len(), 1);
        assert_eq!(faults(&text("services/tea/service.toml", "操作失败", "Failed")).len(), 1);
    }

    #[test]
    fn texts_of_a_definition_have_the_ids_on_the_way() {
        let value = toml::from_str("[[steps]]\nid = \"start\"\ntitle = { zh = \"开始\", en = \"Start\" }\n").unwrap();
        let mut found = Vec::new();
        walk("service.toml", String::new(), &value, &mut found);
        assert_eq!((found[0].place.as_str(), found[0].en.as_deref()), ("steps.start.title", Some("Start")));
    }
}

//! Words for people, in both languages.

use serde::{Deserialize, Serialize};

use crate::json::{readable, words};

/// The languages of the app. Chinese comes first; English is complete too.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum Lang {
    #[default]
    Zh,
    En,
}

/// One sentence or label in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Text {
    pub zh: String,
    pub en: String,
}

readable! {
    Text { zh, en }
}

words! {
    Lang { Zh = "zh", En = "en" }
}

/// Whether a text has another in it. The standard library's search is made for long texts and is twice as long itself.
pub fn has(whole: &str, part: &str) -> bool {
    part.is_empty() || whole.as_bytes().windows(part.len()).any(|window| window == part.as_bytes())
}

impl Text {
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }

    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

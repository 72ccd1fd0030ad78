//! Who reviews a decision: the reviewing authority and the court, by the division whose office decided.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

const LIST: &str = include_str!("../../data/divisions/remedies.csv");

/// Where whoever disagrees with a decision may turn (行政复议法 §§20, 24; 行政诉讼法 §46).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Remedies {
    /// 行政复议机关
    pub(crate) authority: String,
    pub(crate) court: String,
}

impl Remedies {
    /// By the code of a division.
    pub(super) fn load() -> Result<BTreeMap<String, Self>, String> {
        let lines = LIST.lines().filter(|line| !line.starts_with('#')).skip(1);
        lines.map(|line| read(line).ok_or_else(|| format!("no line of the list: {line}"))).collect()
    }

    /// As it stands under a refusal.
    pub(crate) fn sentence(&self) -> String {
        let Self { authority, court } = self;
        format!(
            "对本决定不服的，可以自收到之日起六十日内向{authority}申请行政复议，也可以自收到之日起六个月内向{court}提起行政诉讼。"
        )
    }
}

fn read(line: &str) -> Option<(String, Remedies)> {
    let mut cells = line.split(',').map(str::to_owned);
    Some((cells.next()?, Remedies { authority: cells.next()?, court: cells.next()? }))
}

//! Rows of the same questions: several signs, several children. Files stay with their row.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::answers::ROW;
use crate::field::{Field, Kind, Verb};
use crate::problem::Problem;
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub rows: Rows,
    /// What one row is called: "招牌".
    pub row_title: Text,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rows {
    pub min: usize,
    pub max: usize,
}

impl Kind for Group {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let Some(rows) = value.as_array() else { return vec![Problem::WrongType] };
        let names: Vec<_> = rows.iter().filter_map(|row| row.get(ROW)?.as_str()).collect();
        let twice = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        if names.len() != rows.len() || twice {
            return vec![Problem::WrongType];
        }
        if rows.len() < self.rows.min {
            return vec![Problem::TooFew { min: self.rows.min }];
        }
        if rows.len() > self.rows.max { vec![Problem::TooMany { max: self.rows.max }] } else { Vec::new() }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        format!("{} {}", value.as_array().map_or(0, Vec::len), self.row_title.get(lang))
    }

    fn verb(&self) -> Verb {
        Verb::Add
    }
}

//! Rows of the same questions: several signs, several children. Files stay with their row. Many questions are spread
//! over steps: a later group `continues` the rows of an earlier one.

use serde::Serialize;
use serde_json::Value;

use crate::answers::ROW;
use crate::field::{Field, Kind, Verb};
use crate::id::FieldId;
use crate::json::readable;
use crate::problem::Problem;
#[cfg(feature = "load")]
use crate::proof::probe::{Face, Near, Probe};
use crate::text::{Lang, Text};

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// How many rows there may be; a group that continues another has as many as that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rows: Option<Rows>,
    /// The group whose rows these questions belong to. Its paths name them: `sign.height`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continues: Option<FieldId>,
    /// What one row is called: "招牌".
    pub row_title: Text,
    pub fields: Vec<Field>,
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rows {
    pub min: usize,
    pub max: usize,
}

readable! {
    Group { rows, continues, row_title, fields }
    Rows { min, max }
}

impl Group {
    /// The name under which the rows are answered.
    pub fn answered_as<'a>(&'a self, own: &'a FieldId) -> &'a FieldId {
        self.continues.as_ref().unwrap_or(own)
    }
}

impl Kind for Group {
    fn check(&self, value: &Value) -> Vec<Problem> {
        let Some(rows) = value.as_array() else { return vec![Problem::WrongType] };
        let names: Vec<_> = rows.iter().filter_map(|row| row.get(ROW)?.as_str()).collect();
        let twice = names.iter().enumerate().any(|(at, name)| names[..at].contains(name));
        if names.len() != rows.len() || twice {
            return vec![Problem::WrongType];
        }
        match self.rows {
            Some(Rows { min, .. }) if rows.len() < min => vec![Problem::TooFew { min }],
            Some(Rows { max, .. }) if rows.len() > max => vec![Problem::TooMany { max }],
            _ => Vec::new(),
        }
    }

    fn show(&self, value: &Value, lang: Lang) -> String {
        format!("{} {}", value.as_array().map_or(0, Vec::len), self.row_title.get(lang))
    }

    fn verb(&self) -> Verb {
        Verb::Add
    }

    #[cfg(feature = "load")]
    fn probe(&self, _: &Near) -> Probe {
        // Rows are made of the samples of their fields.
        Probe::new(Face::Presence, [])
    }
}

//! What a review shows: every answer of a step in its order, one by one in the rows of a group.

use serde_json::Value;

use crate::answers::Answers;
use crate::journey::{JourneyStep, ShownField};
use crate::text::{Lang, Text};

/// One line of a review.
#[derive(Clone, Copy)]
pub struct ReviewedAnswer<'b, 'a> {
    pub shown: &'b ShownField<'a>,
    pub value: &'b Value,
    /// What a row is called and which one it is, where there are several.
    pub row: Option<(&'a Text, usize)>,
}

impl ReviewedAnswer<'_, '_> {
    pub fn label(&self, lang: Lang) -> String {
        let own = self.shown.field.label.get(lang);
        self.row.map_or_else(
            || own.to_owned(),
            |(title, at)| format!("{} {} · {own}", title.get(lang), at.saturating_add(1)),
        )
    }

    pub fn says(&self, lang: Lang) -> String {
        let says = self.shown.field.kind.kind().show(self.value, lang);
        let (zh, en) = if self.shown.required { ("还没填", "Not answered") } else { ("—", "—") };
        match lang {
            _ if !says.is_empty() => says,
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }
}

impl<'a> JourneyStep<'a> {
    /// The lines of this step.
    pub fn reviewed<'b>(&'b self, answers: &'b Answers) -> Vec<ReviewedAnswer<'b, 'a>> {
        self.fields.iter().flat_map(|shown| lines(shown, answers)).collect()
    }
}

fn lines<'b, 'a>(shown: &'b ShownField<'a>, answers: &'b Answers) -> Vec<ReviewedAnswer<'b, 'a>> {
    let name = shown.answered_as();
    let Some(group) = shown.field.kind.rows() else {
        return vec![ReviewedAnswer { shown, value: answers.get(name), row: None }];
    };
    let is_alone = shown.rows.len() < 2;
    let rows = shown.rows.iter().zip(answers.rows(name)).enumerate();
    rows.flat_map(|(at, (fields, row))| {
        fields.iter().map(move |inner| ReviewedAnswer {
            shown: inner,
            value: row.get(&*inner.field.id).unwrap_or(&Value::Null),
            row: (!is_alone).then_some((&group.row_title, at)),
        })
    })
    .collect()
}

//! How conditions are spelled in a definition: one operator as a key beside `field`, with `why` next to it.

use serde::Serialize;
use serde_json::{Map, Value};

use super::{Bound, Comparison, Condition, Operand, Period, Test, Than};
use crate::id::ConditionId;
use crate::json::{Faults, Fields, FromJson, deserialized};
use crate::text::Text;

/// A condition as it is written: one operator, with `why` beside it, or the name of another.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Written {
    Named(ConditionId),
    Spelled(Box<Spelled>),
}

#[derive(Clone, Default, Serialize)]
pub(super) struct Spelled {
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<Text>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<ConditionId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    all: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    any: Option<Vec<Condition>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    not: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rows: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    none: Option<Condition>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    #[serde(flatten)]
    operator: Map<String, Value>,
}

impl FromJson for Condition {
    fn read(written: Value, faults: &mut Faults) -> Self {
        if let Value::String(name) = written {
            return Self { test: Test::Named(ConditionId(name)), why: None };
        }
        let mut fields = Fields::of(written, faults);
        let why = fields.take("why");
        let mut tests = Vec::new();
        tests.extend(fields.take::<Option<_>>("named").map(Test::Named));
        tests.extend(fields.take::<Option<_>>("all").map(Test::All));
        tests.extend(fields.take::<Option<_>>("any").map(Test::Any));
        tests.extend(fields.take::<Option<_>>("not").map(Test::Not));
        tests.extend(of_rows(&mut fields));
        let field: Option<String> = fields.take("field");
        for (operator, value) in fields.rest() {
            match (&field, comparison(&operator, value, faults)) {
                (Some(field), Some(with)) => tests.push(Test::Compare { field: field.clone(), with }),
                (None, _) => faults.note(&format!("`{operator}` needs a `field` beside it")),
                (_, None) => faults.note(&format!("`{operator}` is no operator of a condition")),
            }
        }
        match (tests.pop(), tests.pop()) {
            (Some(test), None) => Self { test, why },
            _ => faults.instead("a condition has exactly one of: a name, all, any, not, or a field with one operator"),
        }
    }

    fn empty() -> Self {
        Self { test: Test::All(Vec::new()), why: None }
    }
}

/// `{ rows = "sign", every = { … } }`, or with `none`.
fn of_rows(fields: &mut Fields<'_>) -> Option<Test> {
    let group: Option<String> = fields.take("rows");
    let (every, none) = (fields.take::<Option<_>>("every"), fields.take::<Option<_>>("none"));
    let is_every = every.is_some();
    match (group, every, none) {
        (None, None, None) => None,
        (Some(group), Some(holds), None) | (Some(group), None, Some(holds)) => {
            Some(Test::Rows { group, every: is_every, holds })
        }
        _ => {
            fields.faults.note("`rows` names a group, with one of `every` and `none` beside it");
            None
        }
    }
}

fn comparison(operator: &str, value: Value, faults: &mut Faults) -> Option<Comparison> {
    if let Some(than) = Than::of(operator) {
        return Some(Comparison::Number(Bound { than, operand: FromJson::read(value, faults) }));
    }
    Some(match operator {
        "is" => Comparison::Is(value),
        "is_not" => Comparison::IsNot(value),
        "in" => Comparison::In(FromJson::read(value, faults)),
        "before" => Comparison::Before(FromJson::read(value, faults)),
        "after" => Comparison::After(FromJson::read(value, faults)),
        "within" => Comparison::Within(FromJson::read(value, faults)),
        "age" => Comparison::Age(FromJson::read(value, faults)),
        "months_between" => {
            let mut fields = Fields::of(value, faults);
            Comparison::MonthsBetween { until: fields.take("until"), months: Bound::of_rest(fields) }
        }
        "pattern" => Comparison::Pattern(FromJson::read(value, faults)),
        "same_as" => Comparison::SameAs(FromJson::read(value, faults)),
        "same_division" => Comparison::SameDivision(FromJson::read(value, faults)),
        "contains" => Comparison::Contains(FromJson::read(value, faults)),
        "present" => Comparison::Present(FromJson::read(value, faults)),
        "same_surname" => Comparison::SameSurname(FromJson::read(value, faults)),
        _ => return None,
    })
}

deserialized! { Condition }

impl FromJson for Operand {
    fn read(value: Value, faults: &mut Faults) -> Self {
        if !value.is_object() {
            return Self::Value(value);
        }
        let mut fields = Fields::of(value, faults);
        let field = fields.take("field");
        fields.finish();
        Self::Field { field }
    }

    fn empty() -> Self {
        Self::Value(Value::Null)
    }
}

impl FromJson for Period {
    fn read(value: Value, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, faults);
        let (months, days) = (fields.take("months"), fields.take("days"));
        fields.finish();
        match (months, days) {
            (Some(months), None) => Self::Months(months),
            (None, Some(days)) => Self::Days(days),
            _ => faults.instead("a period is in months or in days"),
        }
    }

    fn empty() -> Self {
        Self::Days(Value::Null)
    }
}

impl From<Condition> for Written {
    fn from(condition: Condition) -> Self {
        let mut spelled = Spelled { why: condition.why, ..Spelled::default() };
        match condition.test {
            Test::Named(name) if spelled.why.is_none() => return Self::Named(name),
            Test::Named(name) => spelled.named = Some(name),
            Test::All(all) => spelled.all = Some(all),
            Test::Any(any) => spelled.any = Some(any),
            Test::Not(inner) => spelled.not = Some(*inner),
            Test::Rows { group, every, holds } => {
                spelled.rows = Some(group);
                *(if every { &mut spelled.every } else { &mut spelled.none }) = Some(*holds);
            }
            Test::Compare { field, with } => {
                spelled.field = Some(field);
                let (operator, value) = with.written();
                spelled.operator.insert(operator.to_owned(), value);
            }
        }
        Self::Spelled(Box::new(spelled))
    }
}

impl Comparison {
    /// The operator and what stands behind it.
    pub(crate) fn written(self) -> (&'static str, Value) {
        let json = |operand: Operand| serde_json::to_value(operand).unwrap_or_default();
        match self {
            Self::Is(value) => ("is", value),
            Self::IsNot(value) => ("is_not", value),
            Self::In(all) => ("in", all.into()),
            Self::Number(bound) => bound.written(),
            Self::Before(operand) => ("before", json(operand)),
            Self::After(operand) => ("after", json(operand)),
            Self::Within(period) => ("within", serde_json::to_value(period).unwrap_or_default()),
            Self::Age(bound) => ("age", bound.table().into()),
            Self::MonthsBetween { until, months } => {
                let mut table = months.table();
                table.insert("until".to_owned(), json(until));
                ("months_between", table.into())
            }
            Self::SameAs(field) => ("same_as", field.into()),
            Self::SameDivision(operand) => ("same_division", json(operand)),
            Self::Contains(operand) => ("contains", json(operand)),
            Self::Pattern(pattern) => ("pattern", pattern.0.into()),
            Self::Present(wanted) => ("present", wanted.into()),
            Self::SameSurname(operand) => ("same_surname", json(operand)),
        }
    }
}

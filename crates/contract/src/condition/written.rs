//! How conditions are spelled in a definition: one operator as a key beside `field`, with `why` next to it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Comparison, Condition, Operand, Test};
use crate::id::ConditionId;
use crate::text::Text;

/// A condition as it is written: one operator, with `why` beside it, or the name of another.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(super) enum Written {
    Named(ConditionId),
    Spelled(Box<Spelled>),
}

#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(default)]
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
    field: Option<String>,
    #[serde(flatten)]
    operator: Map<String, Value>,
}

/// By hand and not as an untagged enum, whose only error is that nothing matched.
impl TryFrom<Value> for Condition {
    type Error = String;

    fn try_from(written: Value) -> Result<Self, String> {
        if let Some(name) = written.as_str() {
            return Ok(Self { test: Test::Named(ConditionId::from(name)), why: None });
        }
        let spelled: Spelled = serde_json::from_value(written).map_err(|error| error.to_string())?;
        let mut tests = Vec::new();
        tests.extend(spelled.named.map(Test::Named));
        tests.extend(spelled.all.map(Test::All));
        tests.extend(spelled.any.map(Test::Any));
        tests.extend(spelled.not.map(|inner| Test::Not(Box::new(inner))));
        if let Some(field) = spelled.field {
            for (operator, value) in spelled.operator {
                tests.push(Test::Compare { field: field.clone(), with: comparison(&operator, value)? });
            }
        } else if let Some(operator) = spelled.operator.keys().next() {
            return Err(format!("`{operator}` needs a `field` beside it"));
        }
        match (tests.pop(), tests.pop()) {
            (Some(test), None) => Ok(Self { test, why: spelled.why }),
            _ => Err("a condition has exactly one of: a name, all, any, not, or a field with one operator".to_owned()),
        }
    }
}

fn comparison(operator: &str, value: Value) -> Result<Comparison, String> {
    let reason = |error: serde_json::Error| format!("`{operator}`: {error}");
    let operand = |value| serde_json::from_value::<Operand>(value).map_err(reason);
    Ok(match operator {
        "is" => Comparison::Is(value),
        "is_not" => Comparison::IsNot(value),
        "in" => Comparison::In(serde_json::from_value(value).map_err(reason)?),
        "above" => Comparison::Above(operand(value)?),
        "below" => Comparison::Below(operand(value)?),
        "before" => Comparison::Before(operand(value)?),
        "within" => Comparison::Within(serde_json::from_value(value).map_err(reason)?),
        "same_as" => Comparison::SameAs(serde_json::from_value(value).map_err(reason)?),
        "same_division" => Comparison::SameDivision(operand(value)?),
        "contains" => Comparison::Contains(operand(value)?),
        "present" => Comparison::Present(serde_json::from_value(value).map_err(reason)?),
        _ => return Err(format!("`{operator}` is no operator of a condition")),
    })
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
            Self::Above(operand) => ("above", json(operand)),
            Self::Below(operand) => ("below", json(operand)),
            Self::Before(operand) => ("before", json(operand)),
            Self::Within(period) => ("within", serde_json::to_value(period).unwrap_or_default()),
            Self::SameAs(field) => ("same_as", field.into()),
            Self::SameDivision(operand) => ("same_division", json(operand)),
            Self::Contains(operand) => ("contains", json(operand)),
            Self::Present(wanted) => ("present", wanted.into()),
        }
    }
}

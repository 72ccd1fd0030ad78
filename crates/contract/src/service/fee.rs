//! What an application costs: charges for handling it (办理收费), and contributions that are collected with it (参保缴费).
//! The phone shows and the server charges what the same function reckons.

use litemap::LiteMap;
use serde::{Deserialize, Serialize};

use super::Service;
use crate::condition::{Condition, Scope, number};
use crate::id::{FieldId, ItemId, LimitId};
use crate::journey::Journey;
use crate::json::{Faults, Fields, FromJson, readable, words};
use crate::text::Text;

#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Fee {
    pub title: Text,
    /// The item that it is for: it is paid once that is accepted, and must be before it is approved.
    pub item: ItemId,
    #[serde(skip_serializing_if = "FeeSort::is_charge")]
    pub sort: FeeSort,
    #[serde(flatten)]
    pub amount: Amount,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub show_when: Option<Condition>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum FeeSort {
    /// For the handling itself.
    #[default]
    Charge,
    /// To a fund, for example a premium of the insurance.
    Contribution,
}

/// An amount in yuan: it changes with the year and has a source, so that numbers stand in `limits`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Amount {
    /// A number of `limits`.
    Limit(LimitId),
    /// The answer of a money, number or computed field.
    Field(FieldId),
    Table(AmountTable),
}

/// A number of `limits` for each option of a choice.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct AmountTable {
    pub by: FieldId,
    #[serde(skip_serializing_if = "LiteMap::is_empty")]
    pub of: LiteMap<String, LimitId>,
}

/// A fee that these answers bring with them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FeeDue<'a> {
    pub fee: &'a Fee,
    /// Never 0: what costs nothing is not due.
    pub cents: u64,
}

words! {
    FeeSort { Charge = "charge", Contribution = "contribution" }
}

readable! {
    AmountTable { by, of }
}

impl FromJson for Fee {
    fn read(value: serde_json::Value, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, faults);
        let (title, item, show_when) = (fields.take("title"), fields.take("item"), fields.take("show_when"));
        let sort = fields.take_or("sort", FeeSort::Charge);
        let written: Option<Amount> = fields.take("amount");
        // Definitions of before, and those on the wire, name it without `amount`.
        let amount = written.unwrap_or_else(|| amount(&mut fields));
        fields.finish();
        Self { title, item, sort, amount, show_when }
    }
}

impl FromJson for Amount {
    fn read(value: serde_json::Value, faults: &mut Faults) -> Self {
        let mut fields = Fields::of(value, faults);
        let read = amount(&mut fields);
        fields.finish();
        read
    }

    fn empty() -> Self {
        Self::Limit(LimitId::default())
    }
}

fn amount(fields: &mut Fields<'_>) -> Amount {
    match (fields.take("limit"), fields.take("field"), fields.take("table")) {
        (Some(limit), None, None) => Amount::Limit(limit),
        (None, Some(field), None) => Amount::Field(field),
        (None, None, Some(table)) => Amount::Table(table),
        _ => fields.faults.instead("an amount is one of limit, field, table"),
    }
}

impl FeeSort {
    pub fn is_charge(&self) -> bool {
        *self == Self::Charge
    }
}

impl FeeDue<'_> {
    /// In yuan, with two decimals.
    pub fn amount(&self) -> String {
        yuan(self.cents)
    }
}

/// `400.00` of 40,000 cents.
pub fn yuan(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

impl Service {
    /// The fees of these answers, in the order of the definition. Who is exempt owes none.
    pub fn fees_due<'a>(&'a self, scope: &Scope<'_>) -> Vec<FeeDue<'a>> {
        let holds = |fee: &&Fee| fee.show_when.as_ref().is_none_or(|when| when.holds(scope));
        let due = |fee: &'a Fee| FeeDue { fee, cents: self.cents(&fee.amount, scope) };
        self.fees.iter().filter(holds).map(due).filter(|due| due.cents > 0).collect()
    }

    /// The same for the answers of a journey as it stands.
    pub fn fees_of_journey<'a>(&'a self, journey: &Journey<'_>) -> Vec<FeeDue<'a>> {
        self.fees_due(&Scope { service: self, context: journey.context, answers: &journey.answers, row: None })
    }

    /// The least and the most that a fee can be, in cents; `None` where only the answers say.
    pub fn fee_range(&self, fee: &Fee) -> Option<(u64, u64)> {
        match &fee.amount {
            Amount::Limit(limit) => Some((self.limit_cents(limit), self.limit_cents(limit))),
            Amount::Field(_) => None,
            Amount::Table(table) => {
                let amounts = || table.of.values().map(|limit| self.limit_cents(limit));
                Some((amounts().min()?, amounts().max()?))
            }
        }
    }

    fn cents(&self, amount: &Amount, scope: &Scope<'_>) -> u64 {
        match amount {
            Amount::Limit(limit) => self.limit_cents(limit),
            Amount::Field(field) => number(scope.answers.get(field)).map_or(0, cents),
            Amount::Table(table) => {
                let chosen = scope.answers.get(&table.by).as_str().and_then(|option| table.of.get(option));
                chosen.map_or(0, |limit| self.limit_cents(limit))
            }
        }
    }

    fn limit_cents(&self, limit: &LimitId) -> u64 {
        self.limits.get(limit).map_or(0, |limit| cents(limit.value))
    }
}

/// Nothing below zero.
fn cents(yuan: f64) -> u64 {
    (yuan * 100.0).round() as u64
}

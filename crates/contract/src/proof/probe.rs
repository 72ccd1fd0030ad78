//! What the checker needs to know of a kind: what conditions see of its answers, and answers that are right.

use serde_json::Value;
use time::{Date, Duration};

use crate::date;

/// A kind as conditions see it, with right answers on both sides of everything that it is compared with.
#[derive(Clone, Debug)]
pub struct Probe {
    pub face: Face,
    pub samples: Vec<Value>,
}

/// What a condition compares of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    Text,
    /// A text that tells a day of birth.
    ResidentId,
    /// One of these ids.
    OneOf(Vec<String>),
    /// Some of these ids.
    SomeOf(Vec<String>),
    Flag,
    Number,
    Day,
    /// The division of an address.
    Place,
    /// Only whether it is there.
    Presence,
}

/// What a field is compared with anywhere in the definition.
#[derive(Clone, Debug)]
pub struct Near {
    pub today: Date,
    pub numbers: Vec<f64>,
    pub days: Vec<Date>,
    pub words: Vec<String>,
    pub divisions: Vec<String>,
}

impl Near {
    pub fn new(today: Date) -> Self {
        Self { today, numbers: Vec::new(), days: Vec::new(), words: Vec::new(), divisions: Vec::new() }
    }

    /// Days long past, lately, around today, soon, and next to those that conditions name.
    pub(crate) fn days(&self) -> Vec<Value> {
        let far = [-9000, -400, -40].map(|days| self.today.saturating_add(Duration::days(days)));
        let soon = [20, 60].map(|days| self.today.saturating_add(Duration::days(days)));
        let named = self.days.iter().chain([&self.today]);
        let around = named.flat_map(|day| [-1, 0, 1].map(|days| day.saturating_add(Duration::days(days))));
        far.into_iter().chain(soon).chain(around).map(|day| Value::from(date::print(day))).collect()
    }

    /// Days of birth next to those that ages are compared with.
    pub(crate) fn births(&self) -> impl Iterator<Item = Date> + '_ {
        self.days.iter().flat_map(|day| [-1, 0, 1].map(|days| day.saturating_add(Duration::days(days))))
    }

    /// The ends of the range, its middle, and the numbers next to those that conditions name.
    pub(crate) fn numbers(&self, min: Option<f64>, max: Option<f64>, decimals: u32) -> Vec<Value> {
        let (low, high) = (min.unwrap_or(0.0), max.unwrap_or(1000.0));
        let step = 10_f64.powi(-i32::try_from(decimals).unwrap_or(0));
        let around = self.numbers.iter().flat_map(|number| [number - step, *number, number + step]);
        let all = [low, (low + high) / 2.0, high].into_iter().chain(around).filter(|n| (low..=high).contains(n));
        all.map(|number| Value::from(format!("{number:.*}", decimals as usize))).collect()
    }

    /// Words of the right length; every field of text offers the first one, so that two of them can be the same.
    pub(crate) fn words(&self, min: usize, max: usize) -> Vec<Value> {
        let fits = |word: &String| (min..=max).contains(&word.chars().count());
        let long = "桃花源".chars().cycle().take(min.max(3).min(max)).collect();
        let other = "沅江".chars().cycle().take(min.max(2).min(max)).collect();
        [long, other].into_iter().chain(self.words.iter().cloned()).filter(fits).map(Value::from).collect()
    }
}

impl Probe {
    pub(crate) fn new(face: Face, samples: impl IntoIterator<Item = Value>) -> Self {
        Self { face, samples: samples.into_iter().collect() }
    }

    /// A kind whose answers are texts such as these.
    pub(crate) fn of_texts<'a>(face: Face, samples: impl IntoIterator<Item = &'a str>) -> Self {
        Self::new(face, samples.into_iter().map(Value::from))
    }
}

//! Random answers that are worth judging: an example with some answers gone, swapped or spoilt.

use serde_json::{Map, Value};

/// Wrong values as people and broken clients send them.
const SPOILT: [&str; 12] =
    ["", " ", "0", "-1", "１２", "9999999", "1.25", "2026-02-29", "張三·李四", "\u{e000}", "92430703ma0000023m", "👶"];

/// A random sequence that is the same on every machine.
pub(crate) struct Chance {
    state: u64,
}

impl Chance {
    pub(crate) fn new() -> Self {
        Self { state: 0x2545_f491_4f6c_dd1d }
    }

    pub(crate) fn one_of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let count = u64::try_from(all.len()).ok()?;
        if count == 0 { None } else { all.get(usize::try_from(self.next() % count).ok()?) }
    }

    /// The answers with about one in four changed: gone, taken from another example, or spoilt.
    pub(crate) fn varied(&mut self, answers: &Map<String, Value>, other: &Map<String, Value>) -> Map<String, Value> {
        let mut varied = answers.clone();
        self.vary(&mut varied, other);
        varied
    }

    fn vary(&mut self, answers: &mut Map<String, Value>, other: &Map<String, Value>) {
        let fields: Vec<String> = answers.keys().cloned().collect();
        for field in fields {
            let fate = self.next() % 12;
            let Some(answer) = answers.get_mut(&field) else { continue };
            match fate {
                0 => drop(answers.remove(&field)),
                1 => *answer = other.get(&field).cloned().unwrap_or_default(),
                2 => self.spoil(answer),
                _ => self.descend(answer),
            }
        }
    }

    /// Rows of a group vary like answers, and are sometimes doubled.
    fn descend(&mut self, answer: &mut Value) {
        let Some(rows) = answer.as_array_mut() else { return };
        for row in rows.iter_mut().filter_map(Value::as_object_mut) {
            self.vary(row, &Map::new());
        }
        if self.next().is_multiple_of(8)
            && let Some(last) = rows.last().cloned()
        {
            rows.push(last);
        }
    }

    fn spoil(&mut self, answer: &mut Value) {
        *answer = match answer {
            Value::Bool(yes) => Value::Bool(!*yes),
            Value::String(text) if self.next().is_multiple_of(2) => Value::from(format!("{text}{text}")),
            _ => Value::from(self.one_of(&SPOILT).copied().unwrap_or_default()),
        };
    }

    /// xorshift64.
    fn next(&mut self) -> u64 {
        self.state ^= self.state << 13;
        self.state ^= self.state >> 7;
        self.state ^= self.state << 17;
        self.state
    }
}

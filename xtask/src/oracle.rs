//! `cargo xtask oracle`: our check characters against those of python-stdnum, a library that others maintain.

use std::fs::{self, File};

use anyhow::{Context, Result, ensure};
use contract::FieldKind;
use serde_json::{Value, json};

use crate::{process, project, tools};

const LIBRARY: &str = "python-stdnum==2.2";
const SCRIPT: &str = include_str!("oracle/check_characters.py");
/// Of each kind.
const COUNT: usize = 10_000;
const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
const DIGITS: &[u8] = b"0123456789";

/// Fails where the two differ on one number.
pub(crate) fn compare() -> Result<()> {
    let python = tools::ensure_python("stdnum", LIBRARY)?;
    let bodies = bodies();
    let asked = project::target().join("check-characters.txt");
    fs::write(&asked, bodies.join("\n"))?;
    let mut script = process::command(python);
    script.args(["-c", SCRIPT]).stdin(File::open(&asked)?);
    let answers = process::output(&mut script)?;
    let answers: Vec<char> = answers.lines().filter_map(|line| line.chars().next()).collect();
    ensure!(answers.len() == bodies.len(), "{} check characters for {} numbers", answers.len(), bodies.len());
    for (line, answer) in bodies.iter().zip(answers) {
        let (kind, body) = line.split_once(' ').context("a number without its kind")?;
        judge(kind, body, answer)?;
    }
    println!("{} numbers: the same check characters as {LIBRARY}", bodies.len());
    Ok(())
}

/// The number passes with the character of the library, and fails with every other one.
fn judge(kind: &str, body: &str, answer: char) -> Result<()> {
    let field: FieldKind = serde_json::from_value(json!({ "kind": kind }))?;
    let alphabet = if kind == "resident-id" { &b"0123456789X"[..] } else { ALPHABET };
    for last in alphabet.iter().map(|byte| char::from(*byte)) {
        let number = format!("{body}{last}");
        let right = field.kind().check(&Value::from(&*number)).is_empty();
        ensure!(right == (last == answer), "{kind} {number}: we say {right}, {LIBRARY} says {answer}");
    }
    Ok(())
}

/// Numbers without their last character, the same on every machine.
fn bodies() -> Vec<String> {
    let mut chance = Chance(0x5eed);
    let mut bodies = Vec::with_capacity(2 * COUNT);
    for _ in 0..COUNT {
        let (year, month, day) = (1900 + chance.below(125), 1 + chance.below(12), 1 + chance.below(28));
        let division = 1 + chance.below(8);
        let rest = |chance: &mut Chance, count| chance.text(count, DIGITS);
        let (place, order) = (rest(&mut chance, 5), rest(&mut chance, 3));
        bodies.push(format!("resident-id {division}{place}{year}{month:02}{day:02}{order}"));
        bodies.push(format!("credit-code {}{}", chance.text(8, DIGITS), chance.text(9, ALPHABET)));
    }
    bodies
}

/// xorshift64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count).unwrap_or(1)).unwrap_or(0)
    }

    fn text(&mut self, count: usize, alphabet: &[u8]) -> String {
        (0..count).map(|_| char::from(alphabet[self.below(alphabet.len())])).collect()
    }
}

//! How long it takes to judge the largest example of each service, measured in parsings of the same answers: a ratio
//! within one run says the same on a fast machine and on a slow one.

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Map, Value};
use verdicts::Case;

const ROUNDS: u32 = 2_000;
/// More would be felt while typing on a cheap phone: there, parsing a form takes about half a millisecond.
const RATIO_MAXIMUM: f64 = 60.0;

fn main() -> ExitCode {
    let services = match verdicts::services() {
        Ok(services) => services,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let largest = services.iter().filter_map(|cases| cases.iter().max_by_key(|case| case.answers.len()));
    let ratios: Vec<f64> = largest.map(measure).collect();
    if ratios.iter().all(|ratio| *ratio <= RATIO_MAXIMUM) { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measure(case: &Case) -> f64 {
    let text = Value::Object(case.answers.clone()).to_string();
    let parse = time(|| drop(black_box(serde_json::from_str::<Map<String, Value>>(black_box(&text)))));
    let judge = time(|| drop(black_box(case.judge(black_box(case.answers.clone())))));
    let ratio = judge.as_secs_f64() / parse.as_secs_f64();
    let (id, bytes) = (&case.service.id, text.len());
    println!("{id}: judging takes {ratio:.1} parsings of its {bytes} bytes ({judge:?}; at most {RATIO_MAXIMUM:.0})");
    ratio
}

/// The shortest of many rounds: what the work takes when nothing disturbs it.
fn time(mut work: impl FnMut()) -> Duration {
    let round = |_| {
        let begun = Instant::now();
        work();
        begun.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

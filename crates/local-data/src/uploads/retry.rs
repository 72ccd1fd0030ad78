//! When the next try is due: longer after each failure, at random, so that a whole ward does not come back at once.

use std::cell::Cell;

/// After so many failures in a row the line counts as dead.
const FAILURES_OF_A_DEAD_LINE: u32 = 5;
const LONGEST_PAUSE_MS: f64 = 30_000.0;
const FIRST_PAUSE_MS: f64 = 1_000.0;
/// Then the file waits for a person, or until the server is heard again.
pub(super) const TRIES: u32 = 6;

/// What is known of the line to the server.
#[derive(Default)]
pub(super) struct Line {
    failures_in_a_row: Cell<u32>,
}

impl Line {
    /// Notes an answer, or that none came: status 0.
    pub(super) fn note(&self, status: u16) {
        let is_heard = (1..500).contains(&status);
        self.failures_in_a_row.set(if is_heard { 0 } else { self.failures_in_a_row.get() + 1 });
    }

    /// How long to wait after so many failures; `chance` lies between 0 and 1.
    pub(super) fn pause_ms(&self, failures: u32, chance: f64) -> f64 {
        let is_dead = self.failures_in_a_row.get() >= FAILURES_OF_A_DEAD_LINE;
        let growing = FIRST_PAUSE_MS * 2_f64.powi(failures.min(TRIES) as i32);
        let longest = if is_dead { LONGEST_PAUSE_MS } else { growing.min(LONGEST_PAUSE_MS) };
        (longest * (0.25 + 0.75 * chance)).round()
    }
}

/// What to do after a request failed with this status, 0 where nobody answered.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    SignIn,
    /// The server has forgotten a half-sent file: it begins anew.
    Restart,
    TryAgain,
    /// Tried often enough for now.
    Wait,
    /// The server does not want it.
    GiveUp,
}

pub(super) fn after(status: u16, has_address: bool, was_restarted: bool, failures: u32) -> Next {
    match status {
        401 => Next::SignIn,
        404 | 410 if has_address && !was_restarted => Next::Restart,
        0 | 409 | 423 | 429 | 500.. if failures <= TRIES => Next::TryAgain,
        0 | 409 | 423 | 429 | 500.. => Next::Wait,
        _ => Next::GiveUp,
    }
}

#[cfg(test)]
mod tests {
    use wasm_bindgen_test::wasm_bindgen_test;

    use super::*;

    #[wasm_bindgen_test]
    fn pauses_grow_up_to_half_a_minute_and_chance_takes_three_quarters_at_most() {
        let line = Line::default();
        for (failures, shortest, longest) in
            [(0, 250.0, 1000.0), (1, 500.0, 2000.0), (3, 2000.0, 8000.0), (6, 7500.0, 30_000.0)]
        {
            assert_eq!(line.pause_ms(failures, 0.0), shortest, "after {failures}");
            assert_eq!(line.pause_ms(failures, 1.0), longest, "after {failures}");
        }
    }

    #[wasm_bindgen_test]
    fn on_a_dead_line_every_pause_is_long_until_somebody_answers() {
        let line = Line::default();
        (0..4).for_each(|_| line.note(0));
        assert_eq!(line.pause_ms(1, 1.0), 2000.0);
        line.note(503);
        assert_eq!(line.pause_ms(1, 1.0), 30_000.0);
        line.note(404);
        assert_eq!(line.pause_ms(1, 1.0), 2000.0);
    }

    #[wasm_bindgen_test]
    fn each_failure_has_its_next_step() {
        for (status, has_address, was_restarted, failures, next) in [
            (401, true, false, 1, Next::SignIn),
            (404, true, false, 1, Next::Restart),
            (410, true, true, 1, Next::GiveUp),
            (404, false, false, 1, Next::GiveUp),
            (0, true, false, TRIES, Next::TryAgain),
            (0, true, false, TRIES + 1, Next::Wait),
            (423, true, false, 1, Next::TryAgain),
            (503, false, false, 1, Next::TryAgain),
            (422, false, false, 1, Next::GiveUp),
        ] {
            assert_eq!(after(status, has_address, was_restarted, failures), next, "{status} after {failures}");
        }
    }
}

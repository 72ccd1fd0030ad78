// What the app and the scripts that keep people's data share about the line to the server: copies of its answers, and how long
// to wait before the next try. Syntax that webviews of 2020 read.

// After so many failures in a row the line is taken for dead: what goes on by itself waits longer. A person may always try.
const FAILURES_OF_A_DEAD_LINE = 5;
const LONGEST_PAUSE_MS = 30000;
const FIRST_PAUSE_MS = 1000;

let failuresInARow = 0;

// Filled in by journal.js and asked by the app (src/http.rs). `may` holds a request back, `answered` hears of every answer,
// `unreachable` may answer from a copy.
export const copies = {
  may: async () => true,
  answered: async () => {},
  unreachable: async () => undefined,
};

export function note(wentWell) {
  failuresInARow = wentWell ? 0 : failuresInARow + 1;
}

// How long to wait before trying by oneself again: longer after each failure, at random, so that a whole ward does not
// come back at once.
export function pause(failures) {
  const dead = failuresInARow >= FAILURES_OF_A_DEAD_LINE;
  const most = dead ? LONGEST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * Math.pow(2, failures));
  return Math.round(most * (0.25 + 0.75 * Math.random()));
}

globalThis.yijianshi = Object.assign(globalThis.yijianshi || {}, { copies });

// One request over the wire: with a deadline, and with word of what became of it for whoever keeps copies (journal.js).
// Syntax that webviews of 2020 read. Both apps use it.

const DEADLINE_MS = 15000;
// After so many failures in a row the line is taken for dead: what goes on by itself waits longer. A person may always try.
const FAILURES_OF_A_DEAD_LINE = 5;
const LONGEST_PAUSE_MS = 30000;
const FIRST_PAUSE_MS = 1000;
// The service worker may answer these from its own copies: they say nothing about the network.
const PUBLIC = /^\/api\/(services|divisions)/;

let failuresInARow = 0;
// What the server is at work on, or has no time for, it is not asked about earlier than it said.
let earliest = 0;

// Filled in by journal.js. `may` holds a request back, `answered` hears of every answer, `unreachable` may answer from a copy.
export const copies = {
  may: async () => true,
  answered: async () => {},
  unreachable: async () => undefined,
};

// Resolves to { status, body, kept, retryAfter }: status 0 where there was no answer, `kept` where the body is a copy on this
// phone, undefined where nobody knows.
export async function ask(method, url, language, body, name, value) {
  const headers = { 'Accept-Language': language };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (name) headers[name] = value;
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), DEADLINE_MS);
  let answer;
  try {
    if (!(await copies.may(method, url))) return { status: 0, kept: false };
    const response = await fetch(url, { method, headers, body, signal: abort.signal });
    const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
    answer = { status: response.status, body: await read(response), kept: PUBLIC.test(url) ? undefined : false, retryAfter };
    if (/409|503/.test(response.status)) earliest = Date.now() + Math.min(LONGEST_PAUSE_MS, 1000 * (retryAfter || 0));
    note(response.status < 500);
  } catch (_) {
    note(false);
    const copy = await copies.unreachable(method, url);
    return copy === undefined ? { status: 0, kept: false } : { status: 200, body: copy, kept: true };
  } finally {
    clearTimeout(timer);
  }
  await copies.answered(method, url, answer);
  return answer;
}

// A refusal need not be JSON (a proxy's page); an answer that broke off in the middle is none.
async function read(response) {
  if (response.status === 204) return null;
  return response.ok ? response.json() : response.json().catch(() => undefined);
}

export function note(wentWell) {
  failuresInARow = wentWell ? 0 : failuresInARow + 1;
}

// How long to wait before trying by oneself again: longer after each failure, at random, so that a whole ward does not
// come back at once.
export function pause(failures) {
  const dead = failuresInARow >= FAILURES_OF_A_DEAD_LINE;
  const most = dead ? LONGEST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * Math.pow(2, failures));
  return Math.round(Math.max(earliest - Date.now(), most * (0.25 + 0.75 * Math.random())));
}

globalThis.yijianshi = Object.assign(globalThis.yijianshi || {}, { http: { ask, pause } });

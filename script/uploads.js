// Files on their way: made small, kept on this phone until the server has them, sent in pieces (tus 1.0), taken up again
// where they stopped: after a lost signal, a reload, or a page that was closed. Several pages share the queue, and one at a
// time works on a file (sharing.js). Fetched only where files are asked for.

import { pause } from './http.js';
import { hex, over } from './journal.js';
import { allKept, keep, keptBytes, keptFacts, letGo } from './kept.js';
import { shrink, turned } from './photograph.js';
import { alone, free, hear, say } from './sharing.js';
import { create, finished, send } from './tus.js';

const TRIES = 6;
const QUIET_RETRY_MS = 30000;

// { key, draft, place, field, row, name, order, replaces, state, percent, again, code, says, picture, hint, attachment }
// `state` is 'waiting', 'sending', 'failed' or 'arrived'; `code` names what failed, `says` is the server's sentence.
let all = [];
let tell = () => {};
let language = 'zh-CN';
let working = false;
let lastTurn = Promise.resolve();
const blobs = new Map();
const pictures = new Map();
const forgotten = new Set();
// Files that other pages have spoken of.
const met = new Set();
let measured = null; // { at, bytes }: since when this page has been sending, and how much

// Hears of every change: what is on its way, and about how many seconds it will take, -1 where nobody knows.
export function watch(listener) {
  tell = () => listener({ all: all.map(seen), seconds: secondsLeft() });
  hear(heard);
  load().then(work);
}

const seen = ({ key, draft, place, name, replaces, state, percent, again, code, says, picture, attachment }) =>
  ({ key, draft, place, name, replaces, state, percent, again, code, says, picture, attachment });

// ---- what is on its way

// Takes files up for a place of a draft, in this order.
export async function add(draft, place, field, row, tongue, files, replaces) {
  language = tongue;
  const first = all.reduce((most, { order }) => Math.max(most, order), Date.now()) + 1;
  const fresh = files.map((file, at) => ({
    key: Math.random().toString(36).slice(2) + Date.now().toString(36),
    draft, place, field, row, replaces,
    name: file.name, order: first + at, state: 'waiting', percent: 0, tries: 0, file,
  }));
  all = all.concat(fresh);
  tell();
  // All of them are on the disk before the first is made small, which takes a second on a cheap phone.
  await inTurn(async () => {
    for (const upload of fresh) await keepOriginal(upload);
    for (const upload of fresh) await take(upload, prepare);
  });
  work();
}

// Pictures are made small one after the other, also where two questions are answered at once: each takes much memory.
function inTurn(act) {
  lastTurn = lastTurn.then(act).catch(() => {});
  return lastTurn;
}

async function keepOriginal(upload) {
  const { file } = upload;
  try {
    Object.assign(upload, { isOriginal: true, type: file.type });
    await keep(upload, await file.arrayBuffer());
  } catch (_) {
    // A file that cannot be read says so when it is made small.
  }
}

async function prepare(upload) {
  try {
    if (!upload.file && !upload.isOriginal) return;
    const file = upload.file || new File([await keptBytes(upload.key)], upload.name, { type: upload.type });
    const { blob, thumbnail, hint } = await shrink(file);
    const bytes = await blob.arrayBuffer();
    Object.assign(upload, { type: blob.type, size: bytes.byteLength, hint, file: undefined, isOriginal: false });
    upload.sha256 = crypto.subtle ? hex(await crypto.subtle.digest('SHA-256', bytes)) : undefined;
    // The browser keeps blobs outside the page, on its disk when it has to. Ours may be taken from us at any time.
    blobs.set(upload.key, blob);
    await keep(upload, bytes);
    // Other pages find it on the disk now.
    say({ key: upload.key, news: {} });
    // It is seen once it is safe on this phone, as far as this phone keeps anything.
    upload.picture = thumbnail && URL.createObjectURL(thumbnail);
  } catch (error) {
    fail(upload, { code: error.message === 'heic' ? 'heic' : 'unreadable', again: false });
  }
  tell();
}

// What a closed page left behind.
async function load() {
  try {
    const read = await allKept();
    // Asked at the last moment: two events may come at once, and a file may have been let go of meanwhile.
    const left = read.filter(({ key }) => !forgotten.has(key) && !all.some((known) => known.key === key));
    for (const upload of left) {
      Object.assign(upload, { percent: 0, tries: 0, kept: true });
      if (upload.state !== 'arrived') upload.state = 'waiting';
    }
    all = all.concat(left).sort((one, other) => one.order - other.order);
    if (left.length) tell();
    for (const upload of left.filter(({ isOriginal }) => isOriginal)) await inTurn(() => take(upload, prepare));
  } catch (_) {
    // Nothing kept, nothing lost.
  }
}

// ---- several pages

// Works on a file unless another page does. What others have done with it meanwhile is taken over first.
async function take(upload, act) {
  const isOurs = await alone(upload.key, async () => {
    upload.isOurs = true;
    if (await catchUp(upload)) await act(upload);
    upload.isOurs = false;
  });
  if (!isOurs) follow(upload);
}

// Resolves to whether there is anything left to do.
async function catchUp(upload) {
  const facts = upload.kept && (await keptFacts(upload.key));
  if (!all.includes(upload)) return false;
  if (!facts) return true;
  const { isOriginal, type, size, sha256, address, attachment, state } = facts;
  Object.assign(upload, { isOriginal, type, size, sha256, address });
  if (!isOriginal) upload.file = undefined;
  if (state === 'arrived') Object.assign(upload, { state, attachment, percent: 100 });
  return state !== 'arrived';
}

// Another page works on it: its word is shown here. When it stops, however it stops, this page goes on.
async function follow(upload) {
  upload.state = 'sending';
  tell();
  if (upload.isFollowed) return;
  upload.isFollowed = true;
  await free(upload.key).catch(() => {});
  upload.isFollowed = false;
  // It may have left more than this.
  await load();
  if (upload.state !== 'sending') return;
  upload.state = 'waiting';
  await inTurn(() => take(upload, prepare));
  tell();
  work();
}

// Word of another page.
function heard({ key, isGone, news }) {
  const upload = all.find((each) => each.key === key);
  if (isGone) drop(key);
  else if (upload && !upload.isOurs) {
    Object.assign(upload, news);
    if (news.state === 'sending') follow(upload);
    if (news.again) listen(upload);
  } else if (!upload && !met.has(key)) {
    // It was added there.
    met.add(key);
    load().then(work);
  }
  tell();
}

// Tells the screen and the other pages how far a file is.
function report(upload) {
  const { key, state, percent, again, code, says, attachment } = upload;
  tell();
  say({ key, news: { state, percent, again, code, says, attachment } });
}

// ---- again, or never mind

// Tries again what failed: one by its button, or all of them.
export function again(key) {
  for (const upload of all) {
    if (upload.state === 'failed' && upload.again && (key === undefined || key === upload.key)) {
      Object.assign(upload, { state: 'waiting', tries: 0 });
    }
  }
  tell();
  wake();
  work();
}

// Takes a file out of the list: it is in the answers and safe there, or nobody wants it.
export async function forget(key) {
  drop(key);
  say({ key, isGone: true });
  tell();
  await letGo(key);
  work();
}

function drop(key) {
  const upload = all.find((each) => each.key === key);
  all = all.filter((each) => each !== upload);
  forgotten.add(key);
  blobs.delete(key);
  if (upload && upload.attachment) pictures.set(upload.attachment.id, { url: upload.picture, hint: upload.hint || '' });
}

// A local picture of a stored file, so that it need not come back over the network, and what could be better about it.
export const pictureOf = (id) => (pictures.get(id) || {}).url || '';
export const hintOf = (id) => (pictures.get(id) || {}).hint || '';

// Turns a stored picture to the right; the turned one takes its place.
export async function turn(draft, place, field, row, tongue, id, name) {
  const response = await fetch('/api/attachments/' + id);
  if (!response.ok) throw new Error('unreachable');
  const blob = await turned(await response.blob());
  await add(draft, place, field, row, tongue, [new File([blob], name, { type: 'image/jpeg' })], id);
}

// ---- sending, one file at a time and in order

async function work() {
  if (working) return;
  working = true;
  for (let next = nextUp(); next; next = nextUp()) await take(next, carry);
  working = false;
  measured = null;
  tell();
}

// A file waits for those before it in the same place: their order is the resident's.
const nextUp = () =>
  all.find((upload) => upload.state === 'waiting' && !upload.file && !upload.isOriginal && !all.some((other) => isBefore(other, upload)));
const isBefore = (other, upload) =>
  other.draft === upload.draft && other.place === upload.place && other.order < upload.order &&
  (other.state !== 'failed' || other.again) && other.state !== 'arrived';

async function carry(upload) {
  upload.state = 'sending';
  report(upload);
  try {
    const blob = blobs.get(upload.key);
    const bytes = blob ? await blob.arrayBuffer() : await keptBytes(upload.key);
    measured = measured || { at: Date.now(), bytes: 0 };
    if (!upload.address) {
      upload.address = await create(upload, language);
      await keep(upload);
    }
    await send(upload.address, bytes, language, sent(upload, bytes.byteLength), reached(upload));
    upload.attachment = await finished(upload.address);
    // Somebody took it away meanwhile.
    if (!all.includes(upload)) return;
    Object.assign(upload, { state: 'arrived', percent: 100 });
    await keep(upload);
    report(upload);
  } catch (error) {
    await trouble(upload, error);
  }
}

// The last percent is the server's look at it.
const sent = (upload, size) => (bytes) => {
  upload.percent = Math.min(99, Math.floor((100 * bytes) / size));
  report(upload);
};

const reached = (upload) => (bytes) => {
  measured.bytes += bytes;
  upload.tries = 0;
};

async function trouble(upload, error) {
  const { status = 0 } = error;
  if (error.code === 'gone') return fail(upload, { code: 'unreadable', again: false });
  if (status === 401) {
    await over().catch(() => {});
    return fail(upload, { code: 'signed-out', again: true });
  }
  // The server has forgotten a half-sent file: it begins anew.
  if ((status === 404 || status === 410) && upload.address && !upload.restarted) {
    Object.assign(upload, { address: undefined, restarted: true, state: 'waiting' });
    await keep(upload);
    return undefined;
  }
  const mayPass = status === 0 || status >= 500 || status === 409 || status === 423 || status === 429;
  upload.tries += 1;
  if (mayPass && upload.tries <= TRIES) {
    await rest(pause(upload.tries));
    if (upload.state === 'sending') upload.state = 'waiting';
    return undefined;
  }
  fail(upload, { code: mayPass ? 'unreachable' : 'refused', again: mayPass, says: error.says });
  if (mayPass) listen(upload);
  return undefined;
}

// It goes on by itself when the server can be heard again, which browsers do not always tell. Until then its button stays.
function listen(upload) {
  if (upload.isListening) return;
  upload.isListening = true;
  setTimeout(async () => {
    upload.isListening = false;
    if (!all.includes(upload) || upload.state !== 'failed') return;
    const isHeard = await fetch('/api/session', { method: 'HEAD' }).then(({ status }) => status < 500, () => false);
    if (isHeard) again(upload.key);
    else listen(upload);
  }, QUIET_RETRY_MS + pause(TRIES));
}

// A pause that ends early when the network is back or somebody presses the button.
let wake = () => {};
const rest = (milliseconds) =>
  new Promise((resolve) => {
    wake = resolve;
    setTimeout(resolve, milliseconds);
  });

function fail(upload, { code, again: mayTryAgain, says }) {
  Object.assign(upload, { state: 'failed', code, again: mayTryAgain, says: says || '', file: undefined });
  report(upload);
}

function secondsLeft() {
  if (!measured || !measured.bytes) return -1;
  const perSecond = measured.bytes / ((Date.now() - measured.at) / 1000);
  const left = all.filter(({ state }) => state === 'waiting' || state === 'sending');
  const bytes = left.reduce((sum, { size = 0, percent }) => sum + size * (1 - percent / 100), 0);
  return bytes > 0 ? Math.ceil(bytes / perSecond) : -1;
}

for (const event of ['online', 'signed-in', 'visibilitychange']) addEventListener(event, () => load().then(() => again()));

// Files on their way: made small, kept on this phone until the server has them, sent in pieces (tus 1.0), taken up again
// where they stopped: after a lost signal, a reload, or a page that was closed. Fetched only where files are asked for.

import { note, pause } from './http.js';
import { get, hex, isOpen, over, own, put, remove, seal, sealJson, unseal, unsealJson } from './journal.js';
import { shrink, turned } from './photograph.js';

// Small enough that a weak signal carries one before it breaks.
const PIECE_BYTES = 262144;
const TRIES = 6;
const STALL_MS = 15000;
const QUIET_RETRY_MS = 30000;

// { key, draft, place, field, row, name, order, replaces, state, percent, again, code, says, picture, hint, attachment }
// `state` is 'waiting', 'sending', 'failed' or 'arrived'; `code` names what failed, `says` is the server's sentence.
let all = [];
let tell = () => {};
let language = 'zh-CN';
let working = false;
const bytesOf = new Map();
const pictures = new Map();
const forgotten = new Set();
let measured = null; // { at, bytes }: since when this page has been sending, and how much

// Hears of every change: what is on its way, and about how many seconds it will take, -1 where nobody knows.
export function watch(listener) {
  tell = () => listener({ all: all.map(seen), seconds: secondsLeft() });
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
  for (const upload of fresh) await keepOriginal(upload);
  for (const upload of fresh) await prepare(upload);
  work();
}

async function keepOriginal(upload) {
  const { file } = upload;
  try {
    await keepBytes(upload.key, await file.arrayBuffer());
    Object.assign(upload, { isOriginal: true, type: file.type });
    await keepState(upload);
  } catch (_) {
    // A file that cannot be read says so when it is made small.
  }
}

async function prepare(upload) {
  try {
    const { blob, thumbnail, hint } = await shrink(upload.file);
    const bytes = await blob.arrayBuffer();
    Object.assign(upload, { type: blob.type, size: bytes.byteLength, hint, file: undefined, isOriginal: false });
    upload.sha256 = crypto.subtle ? hex(await crypto.subtle.digest('SHA-256', bytes)) : undefined;
    bytesOf.set(upload.key, bytes);
    await keepBytes(upload.key, bytes);
    await keepState(upload);
    // It is seen once it is safe on this phone, as far as this phone keeps anything.
    upload.picture = thumbnail && URL.createObjectURL(thumbnail);
    // Kept on the disk: memory is for the next picture.
    if (upload.kept) bytesOf.delete(upload.key);
  } catch (error) {
    fail(upload, { code: error.message === 'heic' ? 'heic' : 'unreadable', again: false });
  }
  tell();
}

async function keepBytes(key, bytes) {
  if (await isOpen()) await put('blobs', Object.assign({ id: key }, await seal(bytes))).catch(() => {});
}

// What must survive a closed page: everything but pictures and numbers of the moment.
async function keepState(upload) {
  const { key, draft, place, field, row, name, order, replaces, state, type } = upload;
  const { isOriginal, size, sha256, address, attachment } = upload;
  try {
    if (!(await isOpen())) return;
    const own = { key, draft, place, field, row, name, order, replaces, state, type };
    const kept = Object.assign(own, { isOriginal, size, sha256, address, attachment });
    await put('files', Object.assign({ id: key }, await sealJson(kept)));
    upload.kept = true;
  } catch (_) {
    upload.kept = false;
  }
}

// What a closed page left behind.
async function load() {
  try {
    const records = await own('files');
    const read = await Promise.all(records.map(unsealJson));
    // Asked at the last moment: two events may come at once, and a file may have been let go of meanwhile.
    const left = read.filter(({ key }) => !forgotten.has(key) && !all.some((known) => known.key === key));
    for (const upload of left) {
      Object.assign(upload, { percent: 0, tries: 0, kept: true });
      if (upload.state !== 'arrived') upload.state = 'waiting';
    }
    all = all.concat(left).sort((one, other) => one.order - other.order);
    if (left.length) tell();
    for (const upload of left.filter(({ isOriginal }) => isOriginal)) {
      const bytes = await keptBytes(upload.key).catch(() => undefined);
      if (bytes) await prepare(Object.assign(upload, { file: new File([bytes], upload.name, { type: upload.type }) }));
      else fail(upload, { code: 'unreadable', again: false });
    }
  } catch (_) {
    // Nothing kept, nothing lost.
  }
}

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
  const upload = all.find((each) => each.key === key);
  all = all.filter((each) => each !== upload);
  forgotten.add(key);
  bytesOf.delete(key);
  if (upload && upload.attachment) pictures.set(upload.attachment.id, { url: upload.picture, hint: upload.hint || '' });
  tell();
  await Promise.all([remove('files', key), remove('blobs', key)]).catch(() => {});
  work();
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
  for (let next = nextUp(); next; next = nextUp()) await carry(next);
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
  tell();
  try {
    const bytes = bytesOf.get(upload.key) || (await keptBytes(upload.key));
    measured = measured || { at: Date.now(), bytes: 0 };
    if (!upload.address) await create(upload);
    await send(upload, bytes);
    upload.attachment = await finished(upload);
    Object.assign(upload, { state: 'arrived', percent: 100 });
    await keepState(upload);
    tell();
  } catch (error) {
    await trouble(upload, error);
  }
}

const keptBytes = async (key) => {
  const record = await get('blobs', key);
  if (!record) throw Object.assign(new Error('gone'), { code: 'gone' });
  return unseal(record);
};

async function create(upload) {
  const facts = { draft: upload.draft, field: upload.field, filename: upload.name, row: upload.row, sha256: upload.sha256 };
  const pairs = Object.keys(facts).filter((name) => facts[name]).map((name) => name + ' ' + base64(facts[name]));
  const answer = await tus('POST', '/api/uploads', { 'Upload-Length': upload.size, 'Upload-Metadata': pairs.join(',') });
  upload.address = new URL(answer.getResponseHeader('Location'), location.href).pathname;
  await keepState(upload);
}

async function send(upload, bytes) {
  let offset = Number((await tus('HEAD', upload.address, {})).getResponseHeader('Upload-Offset'));
  while (offset < bytes.byteLength) {
    const piece = bytes.slice(offset, offset + PIECE_BYTES);
    const headers = { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream' };
    const answer = await tus('PATCH', upload.address, headers, piece, (sent) => {
      // The rest is the server's look at it.
      upload.percent = Math.min(99, Math.floor((100 * (offset + sent)) / bytes.byteLength));
      tell();
    });
    const reached = Number(answer.getResponseHeader('Upload-Offset'));
    measured.bytes += reached - offset;
    upload.tries = 0;
    offset = reached;
  }
}

async function finished(upload) {
  return JSON.parse((await tus('GET', upload.address + '/attachment', {})).responseText);
}

// One request. Fails with the status, and the server's sentence where there is one. What stalls is given up.
function tus(method, address, headers, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALL_MS);
    };
    request.open(method, address);
    const every = { 'Tus-Resumable': '1.0.0', 'Accept-Language': language };
    for (const [name, value] of Object.entries(Object.assign(every, headers))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      alive();
      if (progress) progress(event.loaded);
    };
    request.onprogress = alive;
    request.onloadend = () => {
      clearTimeout(timer);
      const { status } = request;
      note(status > 0 && status < 500);
      if (status >= 200 && status < 300) resolve(request);
      else reject(Object.assign(new Error('status ' + status), { status, says: sentence(request) }));
    };
    alive();
    request.send(body);
  });
}

function sentence(request) {
  try {
    return JSON.parse(request.responseText).detail || '';
  } catch (_) {
    return '';
  }
}

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
  if (mayPass) listen(upload.key);
  return undefined;
}

// It goes on by itself when the server can be heard again, which browsers do not always tell. Until then its button stays.
function listen(key) {
  setTimeout(async () => {
    if (!all.some((upload) => upload.key === key && upload.state === 'failed')) return;
    const heard = await fetch('/api/session', { method: 'HEAD' }).then(({ status }) => status < 500, () => false);
    if (heard) again(key);
    else listen(key);
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
  tell();
}

function secondsLeft() {
  if (!measured || !measured.bytes) return -1;
  const perSecond = measured.bytes / ((Date.now() - measured.at) / 1000);
  const left = all.filter(({ state }) => state === 'waiting' || state === 'sending');
  const bytes = left.reduce((sum, { size = 0, percent }) => sum + size * (1 - percent / 100), 0);
  return bytes > 0 ? Math.ceil(bytes / perSecond) : -1;
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

for (const event of ['online', 'signed-in']) addEventListener(event, () => load().then(() => again()));

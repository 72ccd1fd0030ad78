// What is filled in stays on this phone until the server has it, and copies of what the server said, to go on without a
// network. All of it is encrypted with a key that only a signed-in session can fetch (ADR 0019): after signing out, or
// when the session would have run out, nothing here can be read. Where the browser keeps nothing, everything still works
// from memory and server.

import { copies } from './http.js';

const DATABASE = 'yijianshi';
const STORES = { keys: 'id', answers: 'url', unsent: 'id', files: 'id', blobs: 'id' };
const OPENING_MS = 2500;
const LONGEST_SESSION_MS = 12 * 60 * 60 * 1000;
const MINUTE_MS = 60 * 1000;

// Answers to these are kept, for their owner only.
const KEPT = /^\/api\/(session|drafts|cases|certificates)(\/[^/?]+(\/receipt)?)?$/;

// Two tabs may write of the same draft: each its own record.
const tab = Math.random().toString(36).slice(2);

let database;
let current = null; // { key, owner, idle, until, began }
let adopted = [];
// Something could not be kept: only this page and the server have it.
let isUnkept = false;

// ---- the database

function open() {
  const opening = new Promise((resolve, reject) => {
    const request = indexedDB.open(DATABASE, 1);
    request.onupgradeneeded = () => {
      for (const name of Object.keys(STORES)) request.result.createObjectStore(name, { keyPath: STORES[name] });
    };
    request.onsuccess = () => {
      request.result.onclose = request.result.onversionchange = () => {
        request.result.close();
        database = undefined;
      };
      resolve(request.result);
    };
    request.onerror = request.onblocked = () => reject(request.error);
  });
  // What fails at once may be tried again; what does not answer is waited for once, and welcome when it does.
  opening.then(() => isLate(opening), () => (database = undefined));
  return Promise.race([opening, new Promise((_, reject) => setTimeout(reject, OPENING_MS))]);
}

// Resolves with what `work` asked for once the transaction is complete, which is when it is on the disk. A database that
// the system has closed is opened once more.
export async function transact(names, mode, work, isSecond) {
  database = database || open();
  try {
    const opened = await database;
    return await new Promise((resolve, reject) => {
      const transaction = opened.transaction(names, mode);
      const request = work(transaction);
      transaction.oncomplete = () => resolve(request && request.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  } catch (error) {
    if (!isSecond && error && error.name !== 'QuotaExceededError') {
      database = undefined;
      return transact(names, mode, work, true);
    }
    if (current) tellUnkept();
    throw error;
  }
}

// It has answered after all.
function isLate(opening) {
  database = opening;
  if (isUnkept) tellUnkept(false);
}

function tellUnkept(isSo = true) {
  isUnkept = isSo;
  import('./unkept.js').then(({ show }) => show(isUnkept)).catch(() => {});
}

export const put = (store, record) => transact([store], 'readwrite', (at) => at.objectStore(store).put(record));
export const remove = (store, id) => transact([store], 'readwrite', (at) => at.objectStore(store).delete(id));
export const get = (store, id) => transact([store], 'readonly', (at) => at.objectStore(store).get(id));

// The records of whoever is signed in.
export async function own(store) {
  await restored;
  if (!current) return [];
  const all = await transact([store], 'readonly', (at) => at.objectStore(store).getAll());
  return all.filter((record) => record.owner === current.owner);
}

// ---- the key

// A key of a session that would have run out by now is thrown away unread.
async function restore() {
  const kept = await get('keys', 'session');
  if (!kept) return;
  if (kept.until < Date.now()) await remove('keys', 'session');
  else current = kept;
}

async function begin(session) {
  if (!session.journal_key) return;
  // Pages without https have no keys, and nothing is kept in the clear.
  if (!crypto.subtle) return tellUnkept();
  const raw = Uint8Array.from(session.journal_key.match(/../g), (pair) => parseInt(pair, 16));
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt']);
  const owner = hex(await crypto.subtle.digest('SHA-256', raw)).slice(0, 16);
  const now = Date.now();
  current = { id: 'session', key, owner, idle: session.idle_seconds * 1000, began: now, until: 0 };
  await stay().catch(() => {});
  dispatchEvent(new Event('signed-in'));
}

// The session has run out: what stands open may still be filled in, and nothing opens it again but signing in.
export async function over() {
  if (current) current.isOver = true;
  await remove('keys', 'session');
}

// Whoever goes on filling in is still there.
async function stay() {
  const now = Date.now();
  if (current.isOver || (current.until && current.until < now)) return;
  const until = Math.min(now + current.idle, current.began + LONGEST_SESSION_MS);
  if (until - current.until < MINUTE_MS) return;
  current.until = until;
  await put('keys', current);
}

// Signed out: nothing can be read any more. What was not sent yet waits, sealed, for its owner.
async function end() {
  current = null;
  await transact(['keys', 'answers'], 'readwrite', (at) => {
    at.objectStore('keys').clear();
    at.objectStore('answers').clear();
  });
}

export async function seal(bytes) {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  return { owner: current.owner, iv, box: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, current.key, bytes) };
}

export const unseal = ({ iv, box }) => crypto.subtle.decrypt({ name: 'AES-GCM', iv }, current.key, box);
export const sealJson = (value) => seal(new TextEncoder().encode(JSON.stringify(value)));
export const unsealJson = async (record) => JSON.parse(new TextDecoder().decode(await unseal(record)));
export const hex = (buffer) => Array.from(new Uint8Array(buffer), (byte) => byte.toString(16).padStart(2, '0')).join('');

// Whether anything can be kept at all.
export async function isOpen() {
  await restored;
  return current !== null;
}

// ---- copies of what the server said

copies.answered = async (method, url, { status, body }) => {
  await restored;
  try {
    if (url === '/api/session') await noteSession(method, status, body);
    else if (status === 401) await over();
    // The rest need not be waited for.
    else noteAnswer(method, url, status, body).catch(() => {});
  } catch (_) {
    // No storage: memory and server do.
  }
};

async function noteSession(method, status, body) {
  if (method === 'DELETE' || status === 401) return end();
  if (status !== 200 && status !== 201) return undefined;
  await begin(body);
  // Another session has taken the place of the one that was to end.
  if (method === 'POST') await remove('keys', 'sign-out');
  return keepAnswer('/api/session', body);
}

async function noteAnswer(method, url, status, body) {
  if (!current) return;
  const [path] = url.split('?');
  const draft = (path.match(/^\/api\/drafts\/([^/]+)/) || [])[1];
  const isSent = path.endsWith('/submit') && status < 300;
  if (draft && (isSent || (status === 404 && method === 'GET') || (method === 'DELETE' && status < 300))) {
    await forget(draft);
    if (isSent) await Promise.all([refresh('/api/drafts'), refresh('/api/cases')]);
  } else if (status < 300 && body && body.id && body.content_hash) {
    await keepAnswer('/api/drafts/' + body.id, body);
    if (method === 'POST' && path === '/api/drafts') await refresh('/api/drafts');
  } else if (status === 200 && method === 'GET' && KEPT.test(url)) {
    await keepAnswer(url, body);
  }
}

// A list that has just become longer.
async function refresh(url) {
  const response = await fetch(url);
  if (response.ok) await keepAnswer(url, await response.json());
}

async function keepAnswer(url, body) {
  if (current) await put('answers', Object.assign({ url }, await sealJson(body)));
}

copies.unreachable = async (method, url) => {
  await restored;
  try {
    if (method === 'DELETE' && url === '/api/session') {
      await end();
      // The server still knows the session: it is ended before anything else is asked.
      await put('keys', { id: 'sign-out' });
    }
    // What was to be changed, or signed in to, has no copy.
    if (method !== 'GET') return undefined;
    const kept = current && (await get('answers', url));
    return kept && kept.owner === current.owner ? await unsealJson(kept) : undefined;
  } catch (_) {
    return undefined;
  }
};

// Whoever signed out without a network is signed out before anybody asks who they are.
copies.may = async (method, url) => {
  if (method !== 'GET' || url !== '/api/session') return true;
  const owed = await get('keys', 'sign-out').catch(() => undefined);
  if (!owed) return true;
  const response = await fetch(url, { method: 'DELETE' }).catch(() => undefined);
  if (!response || response.status >= 500) return false;
  await remove('keys', 'sign-out');
  // What was asked before it is an answer to somebody who has left.
  if (window.earlyRequests) window.earlyRequests.clear();
  return true;
};

// ---- what the server does not have yet

// Keeps the unsent part of a draft, as JSON; an empty text: there is none. Resolves to whether it is on the disk.
async function keep(draft, text, intent) {
  await restored;
  try {
    if (!current) return false;
    const id = draft + '/' + tab;
    const record = text && Object.assign({ id, draft, intent, at: Date.now() }, await seal(new TextEncoder().encode(text)));
    const done = adopted;
    await transact(['unsent'], 'readwrite', (at) => {
      const store = at.objectStore('unsent');
      for (const other of done) store.delete(other);
      return record ? store.put(record) : store.delete(id);
    });
    adopted = adopted.filter((other) => !done.includes(other));
    await stay();
    return true;
  } catch (_) {
    return false;
  }
}

// The unsent parts of a draft, the oldest first: of this page before it was closed, and of other tabs. The next `keep`
// takes their place.
async function unsent(draft) {
  try {
    const records = (await own('unsent')).filter((record) => record.draft === draft);
    records.sort((one, other) => one.at - other.at);
    const read = await Promise.all(records.map(unsealJson));
    records.forEach(({ intent }, at) => Object.assign(read[at], { intent }));
    adopted = records.map((record) => record.id).filter((id) => !id.endsWith('/' + tab));
    return read;
  } catch (_) {
    return [];
  }
}

// Drafts whose owner pressed "send" when there was no network, and whether any file is on its way.
const waiting = () => own('unsent').then((all) => all.filter(({ intent }) => intent).map(({ draft }) => draft), () => []);
const hasFiles = () => own('files').then((all) => all.length > 0, () => false);

async function forget(draft) {
  const records = (await own('unsent')).filter((record) => record.draft === draft);
  await transact(['unsent', 'answers'], 'readwrite', (at) => {
    at.objectStore('answers').delete('/api/drafts/' + draft);
    for (const { id } of records) at.objectStore('unsent').delete(id);
  });
}

// Whether everything is with the server: then a new release may take over.
export async function isClean() {
  try {
    const camera = await get('keys', 'camera');
    return !isUnkept && !camera && (await own('unsent')).length + (await own('files')).length === 0;
  } catch (_) {
    return false;
  }
}

const restored = restore().catch(() => {});

Object.assign(globalThis.yijianshi, { journal: { keep, unsent, waiting, hasFiles } });

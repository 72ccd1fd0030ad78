// The service worker: the app starts without a network, and nothing of a person is kept.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { listening, run, settled, source } from './load.mjs';

const ORIGIN = 'https://app.example';
const TEXT = source('worker.js', { "'__FILES__'": "'/app-1.js', '/following.html', '/index.html'", __RELEASE__: '2' });

/** A worker whose network answers with `answer(url)`. */
function worker(answer) {
  const stores = new Map();
  const keyOf = (request) => String(request.url || request);
  const open = async (name) => {
    if (!stores.has(name)) stores.set(name, new Map());
    const store = stores.get(name);
    return {
      addAll: async (urls) => urls.forEach((url) => store.set(url, { ok: true, status: 200, from: 'shell' })),
      match: async (request) => store.get(keyOf(request)),
      put: async (request, response) => store.set(keyOf(request), response),
    };
  };
  const caches = { open, keys: async () => [...stores.keys()], delete: async (name) => stores.delete(name) };
  const { addEventListener, tell } = listening();
  const asked = [];
  const fetch = async (request) => {
    asked.push(keyOf(request));
    const response = await answer(keyOf(request));
    return Object.assign(response, { clone: () => ({ ...response, from: 'copy' }) });
  };
  const world = { addEventListener, caches, fetch, URL, Promise, setTimeout: (act, _, ...given) => setImmediate(act, ...given), location: { origin: ORIGIN } };
  Object.assign(world, { Request: class { constructor(url) { this.url = url; } }, clients: { claim: async () => {} }, skipped: 0 });
  world.skipWaiting = () => (world.skipped += 1);
  world.location.toString = () => ORIGIN + '/worker.js';
  run(TEXT, world);
  return { world, stores, asked, tell };
}

const good = async (url) => ({ ok: true, status: 200, from: 'network', url });
const none = async () => Promise.reject(new Error('no network'));

/** What the worker answers to a GET; undefined where it leaves the request to the browser. */
async function answerTo(tell, path, request = {}) {
  let answer;
  await tell('fetch', {
    request: { method: 'GET', mode: 'cors', url: ORIGIN + path, ...request },
    respondWith: (response) => (answer = response),
  });
  return answer;
}

async function installed(answer) {
  const made = worker(answer);
  const waiting = [];
  await made.tell('install', { waitUntil: (work) => waiting.push(work) });
  await Promise.all(waiting);
  return made;
}

test('a page is opened from the shell without a network, each with its own program', async () => {
  const { tell, asked } = await installed(none);
  for (const path of ['/', '/drafts/1/steps/contact', '/services/shop-sign', '/cases/7', '/certificates']) {
    assert.equal((await answerTo(tell, path, { mode: 'navigate' })).from, 'shell', path);
  }
  assert.deepEqual(asked, []);
});

test('pages of the server and files that are not of this release go to the network', async () => {
  const { tell } = await installed(good);
  for (const path of ['/api/session', '/agency', '/demo', '/check/1', '/cases/7/notices/1', '/grievances/report', '/a.pdf']) {
    assert.equal(await answerTo(tell, path, { mode: 'navigate' }), undefined, path);
  }
  assert.equal(await answerTo(tell, '/app-0.js'), undefined);
  assert.equal((await answerTo(tell, '/app-1.js')).from, 'shell');
});

test('nothing of a person is kept or answered', async () => {
  const { tell, stores } = await installed(good);
  for (const path of ['/api/session', '/api/drafts', '/api/drafts/1', '/api/cases/7', '/api/attachments/1']) {
    assert.equal(await answerTo(tell, path), undefined, path);
  }
  assert.equal(await answerTo(tell, '/api/services', { method: 'POST' }), undefined);
  assert.equal(stores.get('definitions'), undefined);
});

test('a definition with its version is asked for once', async () => {
  const { tell, asked } = await installed(good);
  const path = '/api/services/shop-sign/versions/3';
  assert.equal((await answerTo(tell, path)).from, 'network');
  await settled();
  assert.equal((await answerTo(tell, path)).from, 'copy');
  assert.equal(asked.length, 1);
});

test('a list comes from the network, and from its copy where the network or the server is in trouble', async () => {
  let answer = good;
  const { tell } = await installed((url) => answer(url));
  assert.equal((await answerTo(tell, '/api/services')).from, 'network');
  await settled();
  answer = none;
  assert.equal((await answerTo(tell, '/api/services')).from, 'copy');
  answer = async () => ({ ok: false, status: 503, from: 'network' });
  assert.equal((await answerTo(tell, '/api/services')).from, 'copy');
  answer = async () => ({ ok: false, status: 404, from: 'network' });
  assert.equal((await answerTo(tell, '/api/services')).status, 404);
  answer = () => new Promise(() => {});
  assert.equal((await answerTo(tell, '/api/services')).from, 'copy', 'a network that never answers');
});

test('a new release removes the files of the last one and keeps the definitions', async () => {
  const { tell, stores } = await installed(good);
  stores.set('shell-1', new Map()).set('definitions', new Map());
  const waiting = [];
  await tell('activate', { waitUntil: (work) => waiting.push(work) });
  await Promise.all(waiting);
  assert.deepEqual([...stores.keys()], ['shell-2', 'definitions']);
});

test('it takes over when the page says so, and keeps what the page read before only where that is public', async () => {
  const { tell, world, asked } = await installed(good);
  await tell('message', { data: 'take over' });
  assert.equal(world.skipped, 1);
  const waiting = [];
  await tell('message', { data: [ORIGIN + '/api/services', ORIGIN + '/api/session'], waitUntil: (work) => waiting.push(work) });
  await Promise.all(waiting);
  assert.deepEqual(asked, [ORIGIN + '/api/services']);
});

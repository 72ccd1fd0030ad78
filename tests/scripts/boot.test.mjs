// The loader: three tries, then what to do instead; and what the program asks for first is asked for beside it.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { run, settled, source } from './load.mjs';

/** Opens a page. `load` stands for the program's script: it is given the address, and fails or resolves. */
async function open({ path = '/', filled = null, load = async () => {}, stored = {}, preloaded, hasWebAssembly = true, settings = {} } = {}) {
  const elements = {};
  for (const id of ['boot-bar', 'boot-skeleton', 'boot-no-network', 'boot-too-old', 'boot-again']) {
    elements[id] = { hidden: id.startsWith('boot-no') || id.startsWith('boot-too'), style: {}, dataset: {}, addEventListener(_, act) { this.press = act; } };
  }
  const listeners = {};
  const page = filled && Object.assign(elements['boot-skeleton'], { addEventListener: (type, act) => (listeners[type] = act) });
  const laidIn = Object.entries(preloaded || {}).map(([url, body]) => {
    const element = { dataset: { url, status: '200' }, textContent: JSON.stringify(body), isThere: true };
    return Object.assign(element, { remove: () => (element.isThere = false) });
  });
  const [fetched, imported] = [[], []];
  const world = { elements, listeners, reloads: 0, laidIn, Array, navigator: {}, performance: { getEntriesByType: () => [] }, fetched, imported, Promise, Map, Object, Error, Number, Math, JSON, localStorage: stored };
  world.location = { pathname: path, reload: () => (world.reloads += 1), toString: () => 'https://app.example' + path };
  world.document = {
    documentElement: { dataset: {} },
    querySelector: (selector) => {
      if (selector === '.boot-filled') return page;
      return selector.includes('name="app"') ? { dataset: { js: '/app.js', wasm: '/app.wasm', bytes: '100' } } : null;
    },
    querySelectorAll: () => laidIn,
    getElementById: (id) => elements[id] || null,
  };
  world.console = { error: () => {} };
  Object.assign(world, { AbortController, URL });
  world.Response = class { constructor(body, { status } = {}) { Object.assign(this, { body, status }); } };
  world.fetch = async (url, options) => {
    fetched.push({ url, options });
    return { ok: true, headers: {} };
  };
  // Pauses pass at once; deadlines and stalls never come.
  world.setTimeout = (act, ms) => (ms < 5000 ? setImmediate(act) : 0);
  Object.assign(world, { clearTimeout: () => {}, addEventListener: () => {}, importing: async (url) => {
    imported.push(url);
    if (url.startsWith('/app.js')) return { default: () => load(url) };
    return {};
  } });
  world.WebAssembly = hasWebAssembly ? { instantiate: () => {} } : undefined;
  world.window = world;
  run(source('boot.js').replaceAll('import(', 'importing('), Object.assign(world, settings));
  for (let round = 0; round < 20; round += 1) await settled();
  return world;
}

const early = ({ earlyRequests }) => [...earlyRequests.keys()];

test('the program is loaded once where all is well, and no help is shown', async () => {
  const { imported, elements } = await open();
  assert.deepEqual(imported.filter((url) => url.startsWith('/app.js')), ['/app.js']);
  assert.ok(elements['boot-no-network'].hidden && elements['boot-too-old'].hidden);
});

test('a program that fails is tried three times under another address, then help is shown', async () => {
  const { imported, elements } = await open({ load: async () => Promise.reject(new Error('broken')) });
  const tries = imported.filter((url) => url.startsWith('/app.js'));
  assert.deepEqual(tries, ['/app.js', '/app.js?again=1', '/app.js?again=2']);
  assert.ok(!elements['boot-no-network'].hidden && elements['boot-skeleton'].hidden);
});

test('a second try that works shows no help', async () => {
  const load = async (url) => (url.includes('again') ? undefined : Promise.reject(new Error('broken')));
  const { elements } = await open({ load });
  assert.ok(elements['boot-no-network'].hidden);
});

test('a browser without WebAssembly is told so, in large type for whoever chose it', async () => {
  const { elements, document, imported } = await open({ hasWebAssembly: false, stored: { care: 'on' } });
  assert.ok(!elements['boot-too-old'].hidden);
  assert.equal(document.documentElement.dataset.care, 'on');
  assert.ok(!imported.includes('/app.js'));
});

test('what a page needs first is asked for beside the program, in the language of the person', async () => {
  assert.deepEqual(early(await open()), ['/api/session', '/api/services', '/api/divisions?parent=4307']);
  assert.deepEqual(early(await open({ path: '/drafts/7/steps/contact' })), ['/api/session', '/api/drafts/7']);
  const service = await open({ path: '/services/shop-sign', stored: { division: '430703', language: 'en' } });
  assert.deepEqual(early(service), ['/api/session', '/api/services/shop-sign?division=430703']);
  assert.ok(service.fetched.some(({ options }) => options.headers && options.headers['Accept-Language'] === 'en'));
});

test('what the server laid into the page is handed over, not asked for, and does not stay there', async () => {
  const { earlyRequests, fetched, laidIn } = await open({ preloaded: { '/api/services': [1] } });
  assert.deepEqual({ ...(await earlyRequests.get('/api/services')) }, { body: '[1]', status: 200 });
  assert.ok(!fetched.some(({ url }) => url === '/api/services'));
  assert.ok(laidIn.every(({ isThere }) => !isThere));
});

test('what was typed before the program came stays, and the next try takes it along', async () => {
  const missing = async () => {
    throw new Error('no network');
  };
  const world = await open({ filled: true, load: missing, settings: { requestAnimationFrame: (act) => act() } });
  const { elements, listeners, imported } = world;
  assert.ok(!elements['boot-skeleton'].hidden && !elements['boot-no-network'].hidden);
  elements['boot-again'].press();
  assert.equal(world.reloads, 1);
  listeners.input();
  const tries = imported.length;
  elements['boot-again'].press();
  for (let round = 0; round < 20; round += 1) await settled();
  assert.deepEqual([world.reloads, imported.length > tries], [1, true]);
  assert.ok(!elements['boot-no-network'].hidden);
});

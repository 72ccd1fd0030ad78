// A new release takes over only when nothing on the page can be lost.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import { listening, runModule, settled, source } from './load.mjs';

/** A page whose app hears of the update by `app`. */
async function page({ app = () => {}, hadOne = true } = {}) {
  const [window, workers, document] = [listening(), listening(), listening()];
  const posted = [];
  const registration = { waiting: { postMessage: (message) => posted.push(message) } };
  const active = { postMessage: (message) => posted.push(message) };
  const serviceWorker = Object.assign(workers, {
    controller: hadOne ? {} : null,
    ready: Promise.resolve({ active }),
    register: async () => registration,
  });
  const world = { navigator: { serviceWorker }, document: Object.assign(document, { visibilityState: 'visible' }), Promise };
  world.performance = { getEntriesByType: () => [{ name: 'https://app.example/api/services/a' }] };
  world.location = { reloads: 0, reload: () => (world.location.reloads += 1) };
  world.CustomEvent = class { constructor(name, { detail }) { Object.assign(this, { name, detail, isAllowed: true }); } };
  world.dispatchEvent = (event) => {
    app(event);
    return event.isAllowed;
  };
  runModule(source('releases.js'), Object.assign(world, window));
  await world.register();
  await settled();
  const hide = async () => {
    world.document.visibilityState = 'hidden';
    await document.tell('visibilitychange');
  };
  return { world, posted, hide, change: () => workers.tell('controllerchange') };
}

const object = (event) => (event.isAllowed = false);
const promise = (isSent) => (event) => event.detail.push(Promise.resolve(isSent));

test('a release that waits takes over when the page is hidden and nothing is lost', async () => {
  const { posted, hide } = await page({ app: promise(true) });
  await hide();
  assert.deepEqual(posted, ['take over']);
});

test('it does not while the app objects, or the phone has something that the server does not', async () => {
  for (const app of [object, promise(false)]) {
    const { posted, hide } = await page({ app });
    await hide();
    assert.deepEqual(posted, []);
  }
});

test('it does not where somebody begins to type while the phone looks', async () => {
  let times = 0;
  const app = (event) => (times++ === 0 ? promise(true)(event) : object(event));
  const { posted, hide } = await page({ app });
  await hide();
  assert.equal(times, 2);
  assert.deepEqual(posted, []);
});

test('a release that another window let in loads the page anew, at once or when it is hidden', async () => {
  const idle = await page();
  await idle.change();
  assert.equal(idle.world.location.reloads, 1);
  let app = object;
  const busy = await page({ app: (event) => app(event) });
  await busy.change();
  assert.equal(busy.world.location.reloads, 0);
  app = () => {};
  await busy.hide();
  assert.equal(busy.world.location.reloads, 1);
});

test('the first worker changes nothing, and is told what the page has read', async () => {
  const { world, posted, change } = await page({ hadOne: false });
  await change();
  assert.equal(world.location.reloads, 0);
  assert.deepEqual([...posted[0]], ['https://app.example/api/services/a', '/api/services', '/api/divisions?parent=4307']);
});

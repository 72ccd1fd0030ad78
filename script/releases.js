// Registers the service worker, and lets a new release take over only when nothing typed is on its way. Fetched by offline.js
// once the first screen stands.

import { isClean } from './journal.js';

// What the first screen needs, whichever screen was opened first.
const CATALOGUE = ['/api/services', '/api/divisions?parent=4307'];

// Whether a reload would lose nothing: everything is with the server, and the app does not object.
const isIdle = async () =>
  (await isClean()) && dispatchEvent(new Event('app-update-ready', { cancelable: true }));

async function register() {
  if (!navigator.serviceWorker) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker.register('/worker.js');
  let isUpdated = false;
  navigator.serviceWorker.ready.then(({ active }) => {
    if (!hadOne) active.postMessage(performance.getEntriesByType('resource').map(({ name }) => name).concat(CATALOGUE));
  });
  // The first worker changes nothing on the screen; a later one brings a new release, and the page is loaded anew once nothing
  // on it can be lost, be it that another window let the release in.
  navigator.serviceWorker.addEventListener('controllerchange', async () => {
    if (!hadOne || isUpdated) return;
    isUpdated = true;
    if (await isIdle()) location.reload();
  });
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState !== 'hidden' || !(await isIdle())) return;
    if (isUpdated) location.reload();
    else if (registration.waiting) registration.waiting.postMessage('take over');
  });
}

register().catch(() => {});

// Registers the service worker, and lets a new release take over only when nothing typed is on its way. Fetched by offline.js
// once the first screen stands.

import { isClean } from './journal.js';

// What the first screen needs, whichever screen was opened first.
const CATALOGUE = ['/api/services', '/api/divisions?parent=4307'];

let reloaded = false;

async function register() {
  if (!navigator.serviceWorker) return;
  const hadOne = Boolean(navigator.serviceWorker.controller);
  const registration = await navigator.serviceWorker.register('/worker.js');
  navigator.serviceWorker.ready.then(({ active }) => {
    if (!hadOne) active.postMessage(performance.getEntriesByType('resource').map(({ name }) => name).concat(CATALOGUE));
  });
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    // The first worker changes nothing on the screen; a later one brings a new release, once.
    if (!hadOne || reloaded) return;
    reloaded = true;
    location.reload();
  });
  document.addEventListener('visibilitychange', async () => {
    if (document.visibilityState === 'hidden' && registration.waiting && (await isClean())) {
      registration.waiting.postMessage('take over');
    }
  });
}

register().catch(() => {});

// Starting without a network: registers the service worker, lets a new release take over only when nothing typed is on its
// way, and brings back the screen that a closed camera took away.

import { isClean, lostAt } from './journal.js';

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
  const offer = async () => {
    if (document.visibilityState === 'hidden' && registration.waiting && (await isClean())) {
      registration.waiting.postMessage('take over');
    }
  };
  document.addEventListener('visibilitychange', offer);
}

// Asked by the app before it draws: where the page was when it was closed with the camera open.
async function restorePlace() {
  const lost = await lostAt();
  if (lost) history.replaceState(null, '', lost.url);
  return lost ? lost.place : '';
}

Object.assign(globalThis.yijianshi, { lost: restorePlace(), uploads: () => import('./uploads.js') });
// After the first screen: the worker's downloads must not compete with it.
addEventListener('load', () => setTimeout(() => register().catch(() => {}), 1500));

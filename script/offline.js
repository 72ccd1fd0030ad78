// Starting without a network: what registers the service worker is fetched once the first screen stands, and the screen that
// a closed camera took away comes back.

import { get, put, remove } from './journal.js';

const CAMERA_MS = 30 * 60 * 1000;

// Phones with little memory close the page while the camera is open. The place is remembered, nothing of the person.
const leave = (place) =>
  put('keys', { id: 'camera', place, url: location.pathname, until: Date.now() + CAMERA_MS }).catch(() => {});
const comeBack = () => remove('keys', 'camera').catch(() => {});

// Where the page was when it was closed with the camera open.
async function lostAt() {
  try {
    const record = await get('keys', 'camera');
    if (record) await comeBack();
    return record && record.until > Date.now() ? record : null;
  } catch (_) {
    return null;
  }
}

addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') comeBack();
});

// Asked by the app before it draws: where the page was when it was closed with the camera open.
async function restorePlace() {
  const lost = await lostAt();
  if (lost) history.replaceState(null, '', lost.url);
  return lost ? lost.place : '';
}

Object.assign(globalThis.yijianshi.journal, { leave, comeBack });
Object.assign(globalThis.yijianshi, { lost: restorePlace(), uploads: () => import('./uploads.js') });
// After the first screen: the worker's downloads must not compete with it.
addEventListener('load', () => setTimeout(() => import('./releases.js').catch(() => {}), 1500));

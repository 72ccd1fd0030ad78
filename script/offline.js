// Starting without a network: what registers the service worker is fetched once the first screen stands, and the screen that
// a closed camera took away comes back.

import { lostAt } from './journal.js';

// Asked by the app before it draws: where the page was when it was closed with the camera open.
async function restorePlace() {
  const lost = await lostAt();
  if (lost) history.replaceState(null, '', lost.url);
  return lost ? lost.place : '';
}

Object.assign(globalThis.yijianshi, { lost: restorePlace(), uploads: () => import('./uploads.js') });
// After the first screen: the worker's downloads must not compete with it.
addEventListener('load', () => setTimeout(() => import('./releases.js').catch(() => {}), 1500));

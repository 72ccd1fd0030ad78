// Registers the service worker, and lets a new release take over only when nothing typed is on its way. Fetched by boot.js once
// the first screen stands.

// What the first screen needs, whichever screen was opened first.
const CATALOGUE = ['/api/services', '/api/divisions?parent=4307'];

// The app (src/unsaved_input.rs) cancels the event while something would be lost, and adds promises of whether nothing would.
const isAllowed = (promises) => dispatchEvent(new CustomEvent('app-update-ready', { cancelable: true, detail: promises }));

// Whether a reload would lose nothing. Somebody may have typed while the promises were kept, so the app is asked again.
export async function isIdle() {
  const promises = [];
  return isAllowed(promises) && (await Promise.all(promises)).every(Boolean) && isAllowed([]);
}

export async function register() {
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

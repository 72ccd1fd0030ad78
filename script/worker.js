// The service worker: the app starts without a network. It keeps the app's own files, which carry a hash of their content
// in their names, and every definition that was opened. It never keeps anything of a person: that is the work of crates/local-data.

// Written in by `cargo xtask`: the files of this release and a name that changes with them.
const FILES = ['__FILES__'];
const SHELL = 'shell-__RELEASE__';
const DEFINITIONS = 'definitions';
// As it was built: nothing of a person is in it.
const PAGE = '/index.html';
// The page with the program that shows what a person has (drafts, receipts, cases), where others sign, and that hears of what could not be done.
const FOLLOWING = '/following.html';
const FOLLOWED = /^\/(drafts|cases(\/[^/]+(\/receipt)?)?|certificates|sign(ers)?\/[^/]+|grievance)\/?$/;
// What the server answers with pages of its own.
const NOT_OURS = /^\/(api|agency|demo|health|check|figures|solved|grievances|scan|cases\/[^/]+\/notices)(\/|\.|$)/;
const PUBLIC = /^\/api\/(services|divisions)(\/|$)/;
// A definition with its version never changes.
const LASTING = /^\/api\/services\/[^/]+\/versions\/\d+$/;
const CATALOGUE = ['/api/services', '/api/divisions?parent=4307'];
const PATIENCE_MS = 4000;

addEventListener('install', (event) => {
  event.waitUntil(caches.open(SHELL).then((shell) => shell.addAll(FILES)));
});

addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('shell-') && name !== SHELL;
  const clean = caches.keys().then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))));
  // What the start page needs, whichever page was opened first and however soon it was left.
  const learn = Promise.all(CATALOGUE.map((url) => fetchAndKeep(new Request(url)).catch(() => {})));
  const patience = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  event.waitUntil(Promise.all([clean, Promise.race([learn, patience])]).then(() => clients.claim()));
});

// The page says when to take over: nothing typed is on its way then. And what it read before this worker was there.
addEventListener('message', (event) => {
  if (event.data === 'take over') skipWaiting();
  else event.waitUntil(Promise.all(event.data.filter(isPublic).map((url) => fetchAndKeep(new Request(url)).catch(() => {}))));
});

const isPublic = (url) => PUBLIC.test(new URL(url, location).pathname);

addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== 'GET' || url.origin !== location.origin) return;
  if (request.mode === 'navigate') {
    const isFile = url.pathname.split('/').pop().includes('.');
    if (!NOT_OURS.test(url.pathname) && !isFile) {
      event.respondWith(fromShell(FOLLOWED.test(url.pathname) ? FOLLOWING : PAGE, request));
    }
  } else if (FILES.includes(url.pathname) && !url.search) {
    event.respondWith(fromShell(url.pathname, request));
  } else if (PUBLIC.test(url.pathname)) {
    event.respondWith(LASTING.test(url.pathname) ? keptFirst(request) : networkFirst(request));
  }
});

async function fromShell(path, request) {
  return (await kept(SHELL, path)) || fetch(request);
}

async function keptFirst(request) {
  return (await kept(DEFINITIONS, request)) || fetchAndKeep(request);
}

// What was read last time, where the network is gone or too slow, or the server cannot answer.
async function networkFirst(request) {
  const fresh = fetchAndKeep(request);
  // Nobody waits for its failure as long as the copy is being looked for.
  fresh.catch(() => {});
  const copy = await kept(DEFINITIONS, request);
  if (!copy) return fresh;
  const good = fresh.then((response) => (response.status < 500 ? response : copy), () => copy);
  return Promise.race([good, new Promise((resolve) => setTimeout(resolve, PATIENCE_MS, copy))]);
}

// A browser that has lost its copies, or gives none out, has the network.
async function kept(cache, request) {
  try {
    return await (await caches.open(cache)).match(request);
  } catch (_) {
    return undefined;
  }
}

async function fetchAndKeep(request) {
  const response = await fetch(request);
  if (response.ok) {
    const copy = response.clone();
    caches.open(DEFINITIONS).then((cache) => cache.put(request, copy)).catch(() => {});
  }
  return response;
}

// Starts the app: fetches the glue and the wasm, shows how far it is, tries three times, then tells people what to do
// instead. Plain syntax of 2018 and no inline script: webviews of 2020 and a strict content security policy both read it.

const ATTEMPTS = 3;
const PAUSE_MS = 800;
// Without a byte for so long nothing more will come.
const STALL_MS = 15000;
// By then the first screen stands.
const WORKER_AFTER_MS = 1500;

const app = document.querySelector('meta[name="app"]');
// The page as the server filled it, where it did.
const filled = document.querySelector('.boot-filled');
const bar = document.getElementById('boot-bar');

// What the program asks for first is fetched beside it, so that nothing waits in a row. The program takes the answers by their
// address (src/http.rs). What the server laid into the page is handed over in the same way, and not asked for.
const DEADLINE_MS = 15000;

function stored(name) {
  // Where storage is blocked, nothing was chosen.
  try {
    return localStorage[name];
  } catch (_) {
    return undefined;
  }
}

function firstRequests() {
  const [place, id] = location.pathname.split('/').filter(Boolean);
  const division = stored('division') || '430702';
  if (place === 'agency') return ['/api/agency/session'];
  if (!place) return ['/api/session', '/api/services', '/api/divisions?parent=4307'];
  if (place === 'services' && id) return ['/api/session', '/api/services/' + id + '?division=' + division];
  if (place === 'drafts' && id) return ['/api/session', '/api/drafts/' + id];
  return ['/api/session'];
}

function requestEarly(url) {
  const abort = new AbortController();
  setTimeout(() => abort.abort(), DEADLINE_MS);
  const headers = { 'Accept-Language': stored('language') === 'en' ? 'en' : 'zh-CN' };
  const answer = fetch(url, { headers, signal: abort.signal });
  answer.catch(() => {});
  return answer;
}

// Takes what the server laid into the page out of it, so that nothing of a person stays there.
function takeLaidIn() {
  const elements = Array.from(document.querySelectorAll('script[data-url]'));
  return elements.map((element) => {
    const answer = new Response(element.textContent, { status: Number(element.dataset.status) });
    element.remove();
    return [element.dataset.url, Promise.resolve(answer)];
  });
}

const laidIn = takeLaidIn();
window.earlyRequests = new Map(laidIn);
for (const url of firstRequests()) if (!window.earlyRequests.has(url)) window.earlyRequests.set(url, requestEarly(url));

// What came with the page is missing in the service worker's copies, which it is asked to fetch once it is there. Some
// browsers forbid even to look for one.
async function tellWorker(urls) {
  const { active } = await navigator.serviceWorker.ready;
  active.postMessage(urls);
}

if (laidIn.length > 0) tellWorker(laidIn.map(([url]) => new URL(url, location).href)).catch(() => {});

function show(id) {
  // The program would have done it: large type for whoever has chosen it. Where storage is blocked, nobody has.
  document.documentElement.dataset.care = stored('care');
  const skeleton = document.getElementById('boot-skeleton');
  const help = document.getElementById(id);
  // What the server filled in stays readable below the help, and what was typed into it is taken over by the next try.
  if (skeleton && !(filled && id === 'boot-no-network')) skeleton.hidden = true;
  if (help) help.hidden = false;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

// Fails when `work` has not shown a sign of life for too long.
function watched(work) {
  return new Promise((resolve, reject) => {
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => reject(Object.assign(new Error('stalled'), { stalled: true })), STALL_MS);
    };
    alive();
    work(alive).then(resolve, reject).then(() => clearTimeout(timer));
  });
}

async function load(attempt, alive) {
  // A browser may remember that a module failed to load: another address makes it ask again.
  const again = attempt > 0 ? '?again=' + attempt : '';
  const program = fetch(app.dataset.wasm + again, { cache: attempt > 0 ? 'reload' : 'default' });
  const glue = await import(app.dataset.js + again);
  alive();
  await glue.default({ module_or_path: counted(await program, alive) });
}

// The same answer, with its bytes counted as they come. The whole size is in the page: a compressed answer does not tell.
function counted(response, alive) {
  if (!response.ok) throw new Error('status ' + response.status);
  if (!response.body || !window.ReadableStream) return response;
  const reader = response.body.getReader();
  const whole = Number(app.dataset.bytes) || 700000;
  let read = 0;
  const body = new ReadableStream({
    pull: (controller) =>
      reader.read().then(({ done, value }) => {
        alive();
        if (done) return controller.close();
        read += value.length;
        if (bar) bar.style.width = Math.min(100, Math.round((100 * read) / whole)) + '%';
        return controller.enqueue(value);
      }),
  });
  return new Response(body, { headers: response.headers });
}

// What the server filled in is painted before the program takes the processor. A page that nobody looks at is not painted.
function firstPaint() {
  if (!filled) return Promise.resolve();
  return new Promise((resolve) => {
    requestAnimationFrame(() => setTimeout(resolve));
    setTimeout(resolve, 300);
  });
}

// Whoever is quick answers on the page as it came. The program takes it over (src/first_screen/handover.rs), but not while an
// input method puts letters together.
function noteWhatIsDone() {
  filled.addEventListener('input', () => (filled.dataset.touched = 'true'));
  filled.addEventListener('compositionstart', ({ target }) => (target.dataset.composing = 'true'));
  filled.addEventListener('compositionend', ({ target }) => delete target.dataset.composing);
  filled.addEventListener('click', ({ target }) => {
    const button = target.closest('button[data-main]');
    if (!button) return;
    button.dataset.pressed = 'true';
    button.setAttribute('aria-busy', 'true');
  });
}

if (filled) noteWhatIsDone();

async function start() {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
    show('boot-too-old');
    return;
  }
  await firstPaint();
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await watched((alive) => load(attempt, alive));
      registerWorkerSoon();
      return;
    } catch (error) {
      console.error(error);
      if (error.stalled) break;
      if (attempt + 1 < ATTEMPTS) await pause(PAUSE_MS * (attempt + 1));
    }
  }
  show('boot-no-network');
}

// After the first screen: the service worker's downloads must not compete with it. The officers' page has none.
function registerWorkerSoon() {
  if (!document.querySelector('meta[name="local-data"]')) return;
  setTimeout(() => import('./releases.js').then(({ register }) => register()).catch(() => {}), WORKER_AFTER_MS);
}

function tryAgain() {
  if (!filled || !filled.dataset.touched) return location.reload();
  document.getElementById('boot-no-network').hidden = true;
  return start();
}

const again = document.getElementById('boot-again');
if (again) again.addEventListener('click', tryAgain);
start();

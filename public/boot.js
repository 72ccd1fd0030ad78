// Starts the app: fetches the glue and the wasm, tries three times, then tells people what to do instead.
// Plain syntax of 2018 and no inline script: webviews of 2020 and a strict content security policy both read it.

const ATTEMPTS = 3;
const PAUSE_MS = 800;

const app = document.querySelector('meta[name="app"]');

function show(id) {
  const skeleton = document.getElementById('boot-skeleton');
  const help = document.getElementById(id);
  if (skeleton) skeleton.hidden = true;
  if (help) help.hidden = false;
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function load(attempt) {
  // A browser may remember that a module failed to load: another address makes it ask again.
  const again = attempt > 0 ? '?again=' + attempt : '';
  const glue = await import(app.dataset.js + again);
  await glue.default({ module_or_path: app.dataset.wasm + again });
}

async function start() {
  if (typeof WebAssembly !== 'object' || typeof WebAssembly.instantiate !== 'function') {
    show('boot-too-old');
    return;
  }
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    try {
      await load(attempt);
      return;
    } catch (error) {
      console.error(error);
      if (attempt + 1 < ATTEMPTS) await pause(PAUSE_MS * (attempt + 1));
    }
  }
  show('boot-no-network');
}

const again = document.getElementById('boot-again');
if (again) again.addEventListener('click', () => location.reload());
start();

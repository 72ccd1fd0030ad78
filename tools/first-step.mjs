// How long a phone waits for the first step, beside others: cold, over slow lines, on a slow processor, in turns, so that what
// else the machine does falls on all alike. Run by `cargo xtask bench first-step`, which writes the list of contenders:
// [{ name, server, app, isOurs }]. Speaks the DevTools protocol itself: puppeteer's version is as old as the webviews.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const WebSocket = createRequire(import.meta.url)('ws');
const { contenders, chromium, runs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));

const PATIENCE_MS = 60000;
const PHONE = '13807360001';
const LINES = [
  { name: 'slow 4G: 1.6 Mb/s, 150 ms, CPU ÷ 4', down: 1600, up: 750, latency: 150, cpu: 4 },
  { name: '400 kb/s, 400 ms, CPU ÷ 6', down: 400, up: 400, latency: 400, cpu: 6 },
];
// What is asked of ours.
const BARS = { paint: 1.15, input: 0.9, shift: 0.02, blocking: 60, second: 500 };
const FIELDS = '[data-step] input, .boot-filled .step-card input, .van-radio, #app input[type=radio], body > form input';

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

// ---- servers

function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function start({ name, server, app, isOurs }) {
  const [port, data] = [await freePort(), mkdtempSync(join(tmpdir(), 'first-step-'))];
  const child = spawn(server, ['--port', String(port), '--data', data, '--app', app, '--demo', '--log', 'error'], { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  const begun = Date.now();
  while (!(await fetch(address).catch(() => null))) {
    if (child.exitCode !== null || Date.now() - begun > PATIENCE_MS) throw new Error(`${name}: the server does not answer`);
    await pause(50);
  }
  const stop = () => {
    child.kill();
    rmSync(data, { recursive: true, force: true });
  };
  return { name, isOurs, address, stop, ...(isOurs ? await begin(address) : { url: `${address}/` }) };
}

/** Signs in and begins an application. */
async function begin(address) {
  const post = (path, body, cookie = '') =>
    fetch(address + path, { method: 'POST', headers: { 'content-type': 'application/json', cookie }, body: JSON.stringify(body) });
  await post('/api/session/codes', { phone: PHONE });
  const [{ code }] = await (await fetch(`${address}/demo/sms?phone=${PHONE}`)).json();
  const signedIn = await post('/api/session', { phone: PHONE, code });
  const cookie = signedIn.headers.get('set-cookie').split(';')[0];
  const draft = await (await post('/api/drafts', { service: 'shop-sign', division: '430702' }, cookie)).json();
  return { url: `${address}/drafts/${draft.id}/before-start`, cookie };
}

// ---- the browser

async function launch() {
  const profile = mkdtempSync(join(tmpdir(), 'first-step-profile-'));
  const switches = ['--headless=new', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--disable-background-networking', '--lang=zh-CN'];
  const child = spawn(chromium, [...switches, '--remote-debugging-port=0', `--user-data-dir=${profile}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  const address = await new Promise((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (bytes) => {
      said += bytes;
      const found = said.match(/DevTools listening on (\S+)/);
      if (found) resolve(found[1]);
    });
    child.on('exit', () => reject(new Error(said)));
  });
  const socket = new WebSocket(address, { perMessageDeflate: false, maxPayload: 256 * 1024 * 1024 });
  await new Promise((resolve, reject) => socket.on('open', resolve).on('error', reject));
  const waiting = new Map();
  socket.on('message', (text) => {
    const { id, result, error } = JSON.parse(text);
    if (!waiting.has(id)) return;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(error.message));
    else resolve(result);
  });
  let last = 0;
  const send = (method, params = {}, sessionId) =>
    new Promise((resolve, reject) => {
      last += 1;
      waiting.set(last, { resolve, reject });
      socket.send(JSON.stringify({ id: last, method, params, sessionId }));
    });
  const stop = () => {
    socket.close();
    child.kill();
    child.on('exit', () => rmSync(profile, { recursive: true, force: true }));
  };
  return { send, stop };
}

/**
 * Runs in each page before anything else: notes when the first field takes the focus, as it must to take a key, and when the
 * program has taken the page over.
 */
function probe(fields) {
  const seen = { usable: 0, whole: 0, shift: 0, blocking: 0 };
  globalThis.seen = seen;
  const observe = (type, note) => new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({ type, buffered: true });
  observe('layout-shift', (entry) => (seen.shift += entry.value));
  observe('longtask', (entry) => (seen.blocking += Math.max(0, entry.duration - 50)));
  const isUsable = (field) => {
    if (!field || field.getClientRects().length === 0) return false;
    field.focus({ preventScroll: true });
    return document.activeElement === field;
  };
  const look = () => {
    if (!seen.usable && isUsable(document.querySelector(fields))) seen.usable = performance.now();
    if (seen.usable && !document.getElementById('boot')) seen.whole = performance.now();
    else setTimeout(look, 5);
  };
  look();
}

async function open(browser, contender, line) {
  const { browserContextId } = await browser.send('Target.createBrowserContext');
  const { targetId } = await browser.send('Target.createTarget', { url: 'about:blank', browserContextId });
  const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  await send('Page.enable');
  await send('Network.enable');
  await send('Emulation.setDeviceMetricsOverride', { width: 360, height: 780, deviceScaleFactor: 2, mobile: true });
  await send('Emulation.setCPUThrottlingRate', { rate: line.cpu });
  const perSecond = (kilobits) => (kilobits * 1000) / 8;
  const conditions = { offline: false, latency: line.latency, downloadThroughput: perSecond(line.down), uploadThroughput: perSecond(line.up) };
  await send('Network.emulateNetworkConditions', conditions);
  await send('Page.addScriptToEvaluateOnNewDocument', { source: `(${probe})(${JSON.stringify(FIELDS)});` });
  if (contender.cookie) {
    const [name, value] = contender.cookie.split('=');
    await send('Network.setCookie', { name, value, url: contender.address, httpOnly: true });
  }
  const evaluate = async (expression) => (await send('Runtime.evaluate', { expression, returnByValue: true, awaitPromise: true })).result.value;
  const close = () => browser.send('Target.disposeBrowserContext', { browserContextId });
  return { send, evaluate, close };
}

async function visit(page, { url, name }) {
  await page.send('Page.navigate', { url });
  const begun = Date.now();
  while (!(await page.evaluate('location.href !== "about:blank" && globalThis.seen && seen.whole').catch(() => 0))) {
    if (Date.now() - begun > PATIENCE_MS) throw new Error(`${name}: ${url} never takes a key: ${await page.evaluate('document.body.innerText')}`);
    await pause(50);
  }
  // What comes late counts too.
  await pause(1500);
  const paint = 'performance.getEntriesByName("first-contentful-paint")[0].startTime';
  return page.evaluate(`({ paint: ${paint}, input: seen.usable, whole: seen.whole, shift: seen.shift, blocking: seen.blocking })`);
}

/** The service worker has everything, the definition of this draft too. */
const READY = `(async () => {
  if (!navigator.serviceWorker.controller) return false;
  const names = await caches.keys();
  const counts = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
  return names.length > 1 && counts.every((count) => count > 2);
})()`;

async function measure(browser, contender, line) {
  const page = await open(browser, contender, line);
  const found = await visit(page, contender);
  if (contender.isOurs) {
    const begun = Date.now();
    while (!(await page.evaluate(READY)) && Date.now() - begun < PATIENCE_MS) await pause(100);
    // No visit of one person follows the last within a blink.
    await pause(1000);
    found.second = (await visit(page, contender)).whole;
  }
  await page.close();
  return found;
}

// ---- figures

const median = (values) => [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)];
const seconds = (milliseconds) => (milliseconds === undefined ? '' : `${(milliseconds / 1000).toFixed(2)} s`);

function table(results) {
  console.log(`${''.padEnd(22)}${['first content', 'first input', 'program', 'shift', 'blocking', 'second visit'].map((head) => head.padStart(15)).join('')}`);
  for (const [name, { paint, input, whole, shift, blocking, second }] of results) {
    const cells = [seconds(paint), seconds(input), seconds(whole), shift.toFixed(3), `${Math.round(blocking)} ms`, seconds(second)];
    console.log(name.padEnd(22) + cells.map((cell) => cell.padStart(15)).join(''));
  }
}

function judge(results) {
  const [ours, plain] = [results.get('this tree'), results.get('static page')];
  const say = (what, value, bar, unit = '') => console.log(`  ${value <= bar ? 'holds' : 'FAILS'}  ${what}: ${value.toFixed(2)}${unit} of at most ${bar}${unit}`);
  say('first content ÷ static page', ours.paint / plain.paint, BARS.paint);
  for (const [name, other] of results) {
    if (name.startsWith('commit') || name.includes('rjsf')) say(`first input ÷ ${name}`, ours.input / other.input, BARS.input);
  }
  say('shift', ours.shift, BARS.shift);
  say('blocking', ours.blocking, BARS.blocking, ' ms');
  say('second visit', ours.second, BARS.second, ' ms');
}

const servers = [];
let browser;
try {
  for (const contender of contenders) servers.push(await start(contender));
  browser = await launch();
  for (const line of LINES) {
    const taken = new Map(servers.map(({ name }) => [name, []]));
    for (let run = 0; run < runs; run += 1) {
      for (const contender of servers) taken.get(contender.name).push(await measure(browser, contender, line));
    }
    const names = ['paint', 'input', 'whole', 'shift', 'blocking', 'second'];
    const medians = (all) => Object.fromEntries(names.map((name) => [name, all[0][name] === undefined ? undefined : median(all.map((each) => each[name]))]));
    const results = new Map([...taken].map(([name, all]) => [name, medians(all)]));
    console.log(`\n${line.name}, medians of ${runs} runs`);
    table(results);
    judge(results);
  }
} finally {
  if (browser) browser.stop();
  for (const { stop } of servers) stop();
}

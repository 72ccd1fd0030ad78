// The release build in Chromium 80, the oldest webview that we promise to serve: opens the app, signs in, starts the
// first service and fills its first step. Run by `cargo xtask e2e`; needs E2E_SERVER and E2E_APP.

import { spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';

const require = createRequire(import.meta.url);
const puppeteer = require('puppeteer-core');
const here = dirname(fileURLToPath(import.meta.url));
const PATIENCE_MS = 20000;
const PHONE = '13807360001';

/** The program lies compressed in the package; it is unpacked once. */
function chromium80() {
  const folder = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'yijianshi', 'chromium-80');
  const program = join(folder, 'chromium');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const packed = join(here, 'node_modules', 'chrome-aws-lambda', 'bin', 'chromium.br');
    writeFileSync(program, brotliDecompressSync(readFileSync(packed)));
    chmodSync(program, 0o755);
  }
  return program;
}

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

async function startServer(data) {
  const port = await freePort();
  const parameters = ['--host', '127.0.0.1', '--port', String(port), '--data', data, '--app', process.env.E2E_APP, '--demo'];
  const server = spawn(process.env.E2E_SERVER, parameters, { stdio: 'ignore' });
  const address = `http://127.0.0.1:${port}`;
  const begun = Date.now();
  for (;;) {
    try {
      await fetch(address);
      return { server, address };
    } catch (error) {
      if (server.exitCode !== null || Date.now() - begun > PATIENCE_MS) throw new Error('the server does not answer', { cause: error });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

/** The first service that anybody can find, and its shortest example. */
async function firstService(address) {
  const found = await (await fetch(`${address}/api/services`)).json();
  const id = (Array.isArray(found) ? found : found.services)[0].id;
  const examples = join(here, '..', 'services', id, 'examples');
  const shortest = readdirSync(examples).includes('minimal.json') ? 'minimal.json' : readdirSync(examples)[0];
  return { id, answers: JSON.parse(readFileSync(join(examples, shortest), 'utf8')).answers };
}

/** Presses the main button, once nothing lies over it. */
async function press(page) {
  const button = '.bottom-bar button[data-main]';
  const isReached = (selector) => {
    const target = document.querySelector(selector);
    if (!target) return false;
    const { left, top, width, height } = target.getBoundingClientRect();
    return target.contains(document.elementFromPoint(left + width / 2, top + height / 2));
  };
  await page.waitForFunction(isReached, { timeout: PATIENCE_MS }, button);
  await page.click(button);
}

/** Says what stands on the page on which something did not happen. */
async function explain(page, what, cause) {
  const typed = await page.$$eval('input', (all) => all.map((input) => `${input.name}=${input.value}`).join(' '));
  throw new Error(`${what}: ${await page.evaluate(() => document.body.innerText)} (${typed})`, { cause });
}

async function signIn(page, address) {
  await page.goto(`${address}/sign-in`);
  await page.waitForSelector('input[name=phone]', { timeout: PATIENCE_MS });
  await page.waitForFunction(() => !document.querySelector('.boot-filled:not([hidden])'), { timeout: PATIENCE_MS });
  await page.type('input[name=phone]', PHONE);
  await press(page);
  await page.waitForSelector('input[name=code]', { timeout: PATIENCE_MS }).catch((error) => explain(page, 'no code is asked for', error));
  const messages = await (await fetch(`${address}/demo/sms?phone=${PHONE}`)).json();
  const code = JSON.stringify(messages[0]).match(/\b\d{6}\b/)[0];
  await page.type('input[name=code]', code);
  await page.evaluate(() => {
    const button = document.querySelector('.bottom-bar button[data-main]');
    if (button && location.pathname === '/sign-in') button.click();
  });
  await page.waitForFunction(() => location.pathname !== '/sign-in', { timeout: PATIENCE_MS });
}

/** Answers what the first step asks: choices and plain text are all that a first step has. */
async function fillStep(page, answers) {
  const fields = await page.$$eval('[data-step] [data-field]', (all) => all.map((field) => field.dataset.field));
  for (const field of fields) {
    for (const answer of [].concat(answers[field])) await fill(page, field, answer);
  }
  return fields;
}

async function fill(page, field, answer) {
  const value = typeof answer === 'boolean' ? (answer ? 'yes' : 'no') : String(answer);
  const choice = await page.$(`[name="${field}"][value="${value}"]`);
  if (choice) await page.evaluate((control) => (control.labels[0] || control).click(), choice);
  else await page.type(`[name="${field}"]`, value);
}

/** What the page's own scripts failed with. */
const complaints = [];

async function walk(browser, address) {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    complaints.push(error.message);
    console.error(error.message);
  });
  await page.setViewport({ width: 360, height: 780, isMobile: true, hasTouch: true, deviceScaleFactor: 2 });
  const service = await firstService(address);
  await signIn(page, address);
  await page.goto(`${address}/services/${service.id}`);
  await press(page);
  await page.waitForSelector('[data-step] [data-field]', { timeout: PATIENCE_MS });
  const before = page.url();
  const fields = await fillStep(page, service.answers);
  await press(page);
  const isLeft = (url) => location.href !== url;
  await page
    .waitForFunction(isLeft, { timeout: PATIENCE_MS }, before)
    .catch((error) => explain(page, 'the first step does not let on', error));
  if (process.env.E2E_SCREENS) await page.screenshot({ path: join(process.env.E2E_SCREENS, 'chromium-80.png') });
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
  return `${await browser.version()}: filled ${fields.join(', ')} and went on to ${new URL(page.url()).pathname.split('/').pop()}`;
}

/** One walk in a browser and on a server of its own. */
async function walkOnce() {
  const data = mkdtempSync(join(tmpdir(), 'old-webview-'));
  const { server, address } = await startServer(data);
  let browser;
  try {
    const args = ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--single-process', '--no-zygote'];
    browser = await puppeteer.launch({ executablePath: chromium80(), headless: true, args });
    return await walk(browser, address);
  } finally {
    if (browser) await browser.close();
    server.kill();
    rmSync(data, { recursive: true, force: true });
  }
}

try {
  const walked = walkOnce().catch((error) => {
    if (complaints.length > 0 || ![error, error.cause].some((one) => one instanceof puppeteer.errors.TimeoutError)) throw error;
    console.error(error);
    console.log('Nothing happened in Chromium 80: once more from the beginning.');
    return walkOnce();
  });
  console.log(await walked);
  console.log('1 passed, 0 failed');
} catch (error) {
  console.error(error);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
}

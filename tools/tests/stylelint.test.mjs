// The style rules find what a webview of 2020 drops, and let pass what it reads.

import assert from 'node:assert/strict';
import { test } from 'node:test';

import stylelint from 'stylelint';

const configFile = new URL('../stylelint.config.mjs', import.meta.url).pathname;

async function findings(code, name = 'card.css') {
  const { results } = await stylelint.lint({ code, codeFilename: `style/${name}`, configFile });
  return results[0].warnings.map(({ rule }) => rule);
}

const REFUSED = {
  'a raw colour': '.card { color: #fff; }',
  'a raw colour as a function': '.card { box-shadow: 0 1px rgba(0, 0, 0, 0.1); }',
  'a named colour': '.card { color: red; }',
  'a layer': '@layer base { .card { margin: 0; } }',
  'an import': "@import 'base.css';",
  'a nested rule': '.card { .title { margin: 0; } }',
  'a nested rule with &': '.card { &:hover { margin: 0; } }',
  ':where': '.card:where(.big) { margin: 0; }',
  ':has': '.card:has(img) { margin: 0; }',
  ':is': '.card:is(.a, .b) { margin: 0; }',
  ':focus-visible': '.card:hover, .card:focus-visible { margin: 0; }',
  'a gap of a flex box': '.row { display: flex; gap: 8px; }',
  inset: '.cover { inset: 0; }',
  'aspect-ratio': '.picture { aspect-ratio: 1; }',
  'a logical side': '.card { padding-inline: 8px; }',
  dvh: '.page { min-height: 100dvh; }',
  translate: '.card { translate: 4px; }',
  'a range in a media query': '@media (width > 600px) { .card { margin: 0; } }',
};

for (const [what, code] of Object.entries(REFUSED)) {
  test(`${what} is refused`, async () => assert.notDeepEqual(await findings(code), []));
}

const ACCEPTED = {
  'a colour by its token': '.card { color: var(--text); }',
  'a media query': '@media (min-width: 600px) { .card { margin: 0; } }',
  'a gap of a grid': '.row { display: grid; gap: 8px; }',
};

for (const [what, code] of Object.entries(ACCEPTED)) {
  test(`${what} is accepted`, async () => assert.deepEqual(await findings(code), []));
}

test('tokens.css holds the raw colours', async () =>
  assert.deepEqual(await findings(':root { --text: #1b2422; }', 'tokens.css'), []));

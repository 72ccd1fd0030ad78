// Runs a script of the app in a world made of plain objects.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import vm from 'node:vm';

/** The text of a script, with what a release writes into it. */
export function source(name, replaced = {}) {
  const text = readFileSync(join(import.meta.dirname, '..', '..', 'script', name), 'utf8');
  return Object.entries(replaced).reduce((done, [old, fresh]) => done.replace(old, fresh), text);
}

/** Runs a classic script; its world afterwards. */
export function run(text, world) {
  vm.createContext(world);
  vm.runInContext(text, world);
  return world;
}

/** Runs a module without imports as a classic script: what it exports becomes part of the world. */
export const runModule = (text, world) => run(text.replace(/^export /gm, ''), world);

/** Objects that hear events, as browsers have them. */
export function listening() {
  const heard = {};
  const addEventListener = (name, act) => (heard[name] = (heard[name] || []).concat(act));
  const tell = (name, event) => Promise.all((heard[name] || []).map((act) => act(event)));
  return { addEventListener, tell };
}

/** Lets everything happen that waits for nothing but promises. */
export const settled = () => new Promise((resolve) => setImmediate(resolve));

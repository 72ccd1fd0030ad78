// Builds the peers into the folder that is named: each a page with what it needs beside it. Run by `cargo xtask bench
// first-step`.

import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { help, place, questions, title } from './src/questions.js';

const here = dirname(fileURLToPath(import.meta.url));
const target = process.argv[2];

/** Writes a file named by its content, so that it is cached as ours are. */
function write(folder, stem, extension, content) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 16);
  const name = `${stem}-${hash}.${extension}`;
  writeFileSync(join(folder, name), content);
  return `/${name}`;
}

function page(styles, script, body) {
  const links = styles.map((style) => `<link rel="stylesheet" href="${style}">`).join('\n');
  const program = script ? `<script type="module" src="${script}"></script>\n` : '';
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>店招审批</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
${links}
${program}</head>
<body>
${body}
</body>
</html>
`;
}

async function peer(name) {
  const folder = join(target, name);
  mkdirSync(folder, { recursive: true });
  const { outputFiles } = await build({
    entryPoints: [join(here, 'src', `${name}.js`)],
    bundle: true,
    minify: true,
    write: false,
    outdir: folder,
    format: 'esm',
    target: 'chrome80',
    charset: 'utf8',
    define: { 'process.env.NODE_ENV': '"production"', __VUE_OPTIONS_API__: 'false', __VUE_PROD_DEVTOOLS__: 'false', __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false' },
  });
  const of = (kind) => outputFiles.filter((file) => file.path.endsWith(`.${kind}`));
  const styles = of('css').map((file) => write(folder, name, 'css', file.contents));
  const [script] = of('js').map((file) => write(folder, name, 'js', file.contents));
  writeFileSync(join(folder, 'index.html'), page(styles, script, '<div id="app"></div>'));
}

/** What no program can be faster than: the same questions as plain HTML with a style sheet. */
function plain() {
  const folder = join(target, 'plain');
  mkdirSync(folder, { recursive: true });
  const style = write(folder, 'page', 'css', readFileSync(join(here, 'src/page.css')));
  const option = (question, { id, label }) => `<label><input type="radio" name="${question}" value="${id}"> ${label}</label>`;
  const fields = questions.map(
    ({ id, label, options }) => `<fieldset><legend>${label}</legend>${options.map((each) => option(id, each)).join('')}</fieldset>`,
  );
  const body = `<p>${place}</p><h1>${title}</h1><p>${help}</p><form>${fields.join('\n')}<button>下一步</button></form>`;
  writeFileSync(join(folder, 'index.html'), page([style], null, body));
}

plain();
await Promise.all(['vant', 'rjsf'].map(peer));

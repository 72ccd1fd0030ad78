// Uploads one file with tus-js-client as it comes, and says in one line of JSON how that went. The one argument is JSON as well.
// Run by crates/server/tests/faults/tus_clients.rs.

import { createReadStream, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const { FileUrlStorage, Upload } = createRequire(import.meta.url)('tus-js-client');
const given = JSON.parse(process.argv[2]);

let upload;
let stopped = false;

function tell(error) {
  console.log(JSON.stringify({ url: upload.url, resumed: Boolean(previous), error: error && error.message }));
}

/** In the middle of a piece, as when somebody presses "pause" or "cancel". */
function stopAfter(bytes) {
  if (stopped || !given.stop_after || bytes < given.stop_after) return;
  stopped = true;
  upload.abort(given.cancel).then(() => tell(null), tell);
}

// From memory a piece goes without its length, in chunks; from a file with it.
const source = given.from_memory ? readFileSync(given.file) : createReadStream(given.file);
upload = new Upload(source, {
  endpoint: given.endpoint,
  headers: { cookie: given.cookie },
  metadata: given.metadata,
  chunkSize: given.piece_bytes,
  retryDelays: given.retries ? [0, 200, 1000] : null,
  urlStorage: new FileUrlStorage(given.urls),
  onProgress: stopAfter,
  onError: tell,
  onSuccess: () => tell(null),
  ...given.options,
});
const [previous] = await upload.findPreviousUploads();
if (previous) upload.resumeFromPreviousUpload(previous);
upload.start();

// Several pages of one person, one queue: which of them works on a file, and word of it for the others. Web Locks say who; the
// browser itself lets go of one when its page is closed or killed. Where there are none (Safari before 15.4), each page goes on
// as if it were alone.

// A page that says nothing for so long was put to sleep by the system.
const SILENCE_MS = 90000;
const LOOK_MS = 5000;

const channel = globalThis.BroadcastChannel ? new BroadcastChannel('uploads') : null;
const heardAt = new Map();

// Tells the other pages of a file: `word` has its `key`.
export function say(word) {
  if (channel) channel.postMessage(word);
}

// Hears what other pages say.
export function hear(listener) {
  if (!channel) return;
  channel.onmessage = ({ data }) => {
    heardAt.set(data.key, Date.now());
    listener(data);
  };
}

const nameOf = (key) => 'upload-' + key;

// Works on a file unless another page does. Resolves to whether it did.
export async function alone(key, work) {
  let has = !navigator.locks;
  const tryIt = async (lock) => {
    has = has || Boolean(lock);
    if (has) await work();
  };
  // Fails where another page has taken a file away from this one, which slept.
  if (has) await tryIt();
  else await navigator.locks.request(nameOf(key), { ifAvailable: true }, tryIt).catch(() => {});
  return has;
}

// Resolves when no other page works on the file any more: it has finished, was closed, was killed, or sleeps.
export async function free(key) {
  heardAt.set(key, Date.now());
  const looking = setInterval(() => {
    const isSilent = Date.now() - heardAt.get(key) > SILENCE_MS;
    if (isSilent && document.visibilityState === 'visible') navigator.locks.request(nameOf(key), { steal: true }, () => {});
  }, LOOK_MS);
  try {
    await navigator.locks.request(nameOf(key), () => {});
  } finally {
    clearInterval(looking);
  }
}

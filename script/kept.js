// Files on the disk of this phone, sealed: what must survive a closed page, and what several pages know of each other's work.

import { get, isOpen, own, remove, seal, sealJson, transact, unseal, unsealJson } from './journal.js';

// Everything but pictures and numbers of the moment. With the bytes, where they are new: a record never stands beside the bytes
// of another. Where nothing can be kept, the file goes on from memory.
export async function keep(upload, bytes) {
  const { key, draft, place, field, row, name, order, replaces, state, type } = upload;
  const { isOriginal, size, sha256, address, attachment } = upload;
  try {
    // Without its bytes a record is worth nothing.
    if (!(await isOpen()) || (!bytes && !upload.kept)) return;
    const facts = { key, draft, place, field, row, name, order, replaces, state, type };
    const record = await sealJson(Object.assign(facts, { isOriginal, size, sha256, address, attachment }));
    const box = bytes && (await seal(bytes));
    await transact(['files', 'blobs'], 'readwrite', (at) => {
      if (box) at.objectStore('blobs').put(Object.assign({ id: key }, box));
      return at.objectStore('files').put(Object.assign({ id: key }, record));
    });
    upload.kept = true;
  } catch (_) {
    // What stands on the disk is older than what is known here.
    upload.kept = false;
  }
}

export async function keptBytes(key) {
  const record = await get('blobs', key);
  if (!record) throw Object.assign(new Error('gone'), { code: 'gone' });
  return unseal(record);
}

// What the disk says of a file; nothing where it says nothing that can be read.
export async function keptFacts(key) {
  try {
    const record = await get('files', key);
    return record && (await unsealJson(record));
  } catch (_) {
    return undefined;
  }
}

// All files of whoever is signed in.
export const allKept = async () => Promise.all((await own('files')).map(unsealJson));

export const letGo = (key) => Promise.all([remove('files', key), remove('blobs', key)]).catch(() => {});

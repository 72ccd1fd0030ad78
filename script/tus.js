// A file over the wire (tus 1.0): announced, sent in pieces from where it stopped, and taken into the answers' reach.

import { note } from './http.js';

// Small enough that a weak signal carries one before it breaks.
const PIECE_BYTES = 262144;
const STALL_MS = 15000;

// Announces a file; resolves to its address.
export async function create({ draft, field, name, row, sha256, size }, language) {
  const facts = { draft, field, filename: name, row, sha256 };
  const pairs = Object.keys(facts).filter((fact) => facts[fact]).map((fact) => fact + ' ' + base64(facts[fact]));
  const headers = { 'Upload-Length': size, 'Upload-Metadata': pairs.join(','), 'Accept-Language': language };
  const answer = await tus('POST', '/api/uploads', headers);
  return new URL(answer.getResponseHeader('Location'), location.href).pathname;
}

// Sends what the server does not have yet. `sent` hears of every byte that has gone, `reached` of those that have arrived.
export async function send(address, bytes, language, sent, reached) {
  let offset = Number((await tus('HEAD', address, {})).getResponseHeader('Upload-Offset'));
  while (offset < bytes.byteLength) {
    const piece = bytes.slice(offset, offset + PIECE_BYTES);
    const headers = { 'Upload-Offset': offset, 'Content-Type': 'application/offset+octet-stream', 'Accept-Language': language };
    const begun = offset;
    const answer = await tus('PATCH', address, headers, piece, (loaded) => sent(begun + loaded));
    offset = Number(answer.getResponseHeader('Upload-Offset'));
    reached(offset - begun);
  }
}

// What a whole file has become.
export const finished = async (address) => JSON.parse((await tus('GET', address + '/attachment', {})).responseText);

// One request. Fails with the status, and the server's sentence where there is one. What stalls is given up.
function tus(method, address, headers, body, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let timer;
    const alive = () => {
      clearTimeout(timer);
      timer = setTimeout(() => request.abort(), STALL_MS);
    };
    request.open(method, address);
    const every = { 'Tus-Resumable': '1.0.0' };
    for (const [name, value] of Object.entries(Object.assign(every, headers))) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      alive();
      if (progress) progress(event.loaded);
    };
    request.onprogress = alive;
    request.onloadend = () => {
      clearTimeout(timer);
      const { status } = request;
      note(status > 0 && status < 500);
      if (status >= 200 && status < 300) resolve(request);
      else reject(Object.assign(new Error('status ' + status), { status, says: sentence(request) }));
    };
    alive();
    request.send(body);
  });
}

function sentence(request) {
  try {
    return JSON.parse(request.responseText).detail || '';
  } catch (_) {
    return '';
  }
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

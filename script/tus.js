// One request of an upload (tus 1.0), with word of how far it is.

import { note } from './http.js';

const STALL_MS = 15000;

// One request. Fails with the status, and the server's sentence where there is one. What stalls is given up.
export function tus(method, address, headers, body, progress) {
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

// Facts about a file, as tus wants them.
export function metadata(facts) {
  const pairs = Object.keys(facts).filter((name) => facts[name]).map((name) => name + ' ' + base64(facts[name]));
  return pairs.join(',');
}

const base64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

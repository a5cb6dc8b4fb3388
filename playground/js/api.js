// The API over the Connect protocol: messages in JSON, streams in envelopes of a byte of flags and four bytes of length.

const SERVICE = 'sensorium.v1.SensoriumService';
export const MODELS = 'sensorium.v1.ModelService';
const END_OF_STREAM = 2;
const PIECE = 768 * 1024;

export class ApiError extends Error {
  constructor(error, status) {
    super(error.message || `The server answered ${status} without saying why.`);
    this.code = error.code;
    const of = (type) => (error.details ?? []).find((detail) => detail.type === type)?.debug;
    this.reason = of('google.rpc.ErrorInfo')?.reason;
    this.retryAfter = of('google.rpc.RetryInfo')?.retryDelay;
  }
}

export function key() {
  return sessionStorage.getItem('sensorium-key') ?? '';
}

function headers(type) {
  const all = { 'content-type': type };
  if (key()) all.authorization = `Bearer ${key()}`;
  return all;
}

async function errorOf(response) {
  try {
    return new ApiError(await response.json(), response.status);
  } catch {
    return new ApiError({}, response.status);
  }
}

async function send(path, init) {
  try {
    return await fetch(path, init);
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new ApiError({ message: 'The server does not answer.' });
  }
}

export async function call(method, request, signal, service = SERVICE) {
  const response = await send(`${service}/${method}`,
    { method: 'POST', headers: headers('application/json'), body: JSON.stringify(request), signal });
  if (!response.ok) throw await errorOf(response);
  return response.json();
}

// Sends all messages, then gives the answers as they come.
export async function* stream(method, requests, signal, service = SERVICE) {
  const response = await send(`${service}/${method}`,
    { method: 'POST', headers: headers('application/connect+json'), body: envelopes(requests), signal });
  if (!response.ok) throw await errorOf(response);
  const reader = response.body.getReader();
  let held = new Uint8Array(0);
  for (;;) {
    const { value, done } = await reader.read();
    if (done) throw new ApiError({ message: 'The answer broke off.' });
    held = join(held, value);
    for (let message = take(held); message; message = take(held)) {
      held = message.rest;
      if (message.flags === END_OF_STREAM) {
        if (message.json.error) throw new ApiError(message.json.error);
        return;
      }
      yield message.json;
    }
  }
}

// Uploads a file and tells how far it is, which fetch cannot.
export function upload(file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    uploadBody(file).then((body) => {
      const request = new XMLHttpRequest();
      request.open('POST', `${SERVICE}/Upload`);
      for (const [name, value] of Object.entries(headers('application/connect+json'))) request.setRequestHeader(name, value);
      request.responseType = 'arraybuffer';
      request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
      request.onload = () => settle(request, resolve, reject);
      request.onerror = () => reject(new ApiError({ message: 'The server does not answer.' }));
      request.onabort = () => reject(new DOMException('Stopped', 'AbortError'));
      signal?.addEventListener('abort', () => request.abort());
      request.send(body);
    }, reject);
  });
}

function settle(request, resolve, reject) {
  const first = take(new Uint8Array(request.response));
  if (!first) reject(new ApiError({}, request.status));
  else if (first.flags === END_OF_STREAM) reject(new ApiError(first.json.error ?? {}, request.status));
  else resolve(first.json);
}

async function uploadBody(file) {
  const parts = [envelope({ header: { mediaType: file.type, sizeBytes: String(file.size) } })];
  for (let at = 0; at < file.size; at += PIECE) parts.push(envelope({ chunk: await base64(file.slice(at, at + PIECE)) }));
  return new Blob(parts);
}

export async function base64(blob) {
  const url = await new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(new ApiError({ message: 'The file cannot be read.' }));
    reader.readAsDataURL(blob);
  });
  return url.slice(url.indexOf(',') + 1);
}

// Of a field of bytes.
export function bytesOf(data) {
  return Uint8Array.from(atob(data), (character) => character.charCodeAt(0));
}

function envelopes(messages) {
  return new Blob(messages.map(envelope));
}

function envelope(message) {
  const body = new TextEncoder().encode(JSON.stringify(message));
  const head = new DataView(new ArrayBuffer(5));
  head.setUint32(1, body.length);
  return new Blob([head, body]);
}

function take(bytes) {
  if (bytes.length < 5) return null;
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(1);
  if (bytes.length < 5 + length) return null;
  const text = new TextDecoder().decode(bytes.subarray(5, 5 + length));
  return { flags: bytes[0], json: JSON.parse(text), rest: bytes.subarray(5 + length) };
}

function join(a, b) {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}

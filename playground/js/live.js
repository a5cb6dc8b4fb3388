// What the camera shows and the microphone hears, told while it does.

import { ApiError, key } from './api.js';
import { action, el, field, fill, lines } from './dom.js';
import { frames, listen, open } from './capture.js';

const KEPT = 100;
const FRAME = 1;
const SOUND = 2;
const SAMPLE_RATE = 16000;
const MOST_WAITING = 1 << 20;

export function liveView() {
  const video = el('video', { muted: true, playsinline: true, 'aria-label': 'What is seen' });
  const watch = el('textarea', { placeholder: 'a person\na dog barks' });
  const sounds = el('textarea', { placeholder: 'rain is falling\na ticking clock' });
  const speech = el('input', { type: 'checkbox' });
  const button = el('button', { type: 'button', class: 'main' }, 'Start');
  const output = el('div', {});
  action(button, output, (signal) => run(video, headerOf(lines(watch), lines(sounds), speech.checked), output, signal));
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'Camera and microphone'), el('div', { class: 'stage' }, video),
      field('Look and listen for, one a line', watch), field('Sounds to tell apart, one a line', sounds),
      el('label', { class: 'row' }, speech, 'write down speech (with a model of speech)'), el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Now'), output));
}

function headerOf(watch, sounds, speech) {
  return {
    sound: { encoding: 'LIVE_SOUND_ENCODING_PCM_F32', sampleRate: SAMPLE_RATE },
    captions: {},
    watch: watch.map((name) => ({ name })),
    ...(sounds.length ? { soundEvents: { labels: sounds.map((name) => ({ name })) } } : {}),
    ...(speech ? { transcript: {} } : {}),
  };
}

async function run(video, header, output, signal) {
  const caption = el('p', { class: 'answer', 'aria-live': 'polite' });
  const counts = el('p', { class: 'quiet' });
  const list = el('ol', { class: 'events' });
  fill(output, caption, counts, list);
  const source = await open(video);
  const socket = connect();
  const ending = new AbortController();
  signal.addEventListener('abort', () => { if (socket.readyState === WebSocket.OPEN) socket.send('end'); });
  try {
    await told(socket, () => {
      socket.send(JSON.stringify(header));
      if (signal.aborted) {
        socket.send('end');
        return;
      }
      const began = performance.now();
      const send = (kind, time, bytes) => { if (socket.readyState === WebSocket.OPEN && socket.bufferedAmount < MOST_WAITING) socket.send(message(kind, time, bytes)); };
      frames(video, (bytes) => send(FRAME, (performance.now() - began) / 1000, bytes), AbortSignal.any([signal, ending.signal]));
      listen(source, SAMPLE_RATE, (at, bytes) => send(SOUND, at, bytes), AbortSignal.any([signal, ending.signal]));
    }, (event) => show(event, caption, counts, list));
  } finally {
    ending.abort();
    source.getTracks().forEach((track) => track.stop());
    video.srcObject = null;
  }
}

// A page sends no headers with a WebSocket, but names of protocols.
function connect() {
  const url = new URL('live', location.href);
  url.protocol = url.protocol.replace('http', 'ws');
  url.hash = '';
  const encoded = btoa(String.fromCharCode(...new TextEncoder().encode(key()))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  return new WebSocket(url, key() ? ['sensorium.live', `sensorium.key.${encoded}`] : ['sensorium.live']);
}

// Ends with the stream: well if it came to its end.
function told(socket, begin, onEvent) {
  return new Promise((resolve, reject) => {
    let error = null;
    socket.onopen = begin;
    socket.onmessage = ({ data }) => {
      const said = JSON.parse(data);
      if (said.error) error = new ApiError({ message: said.error.message, details: [{ type: 'google.rpc.ErrorInfo', debug: { reason: said.error.reason } }] });
      else onEvent(said.event);
    };
    socket.onclose = ({ code }) => (error || code !== 1000 ? reject(error ?? new ApiError({ message: 'The server ended the stream, or does not answer.' })) : resolve());
  });
}

function message(kind, time, bytes) {
  const all = new Uint8Array(9 + bytes.byteLength);
  all[0] = kind;
  new DataView(all.buffer).setFloat64(1, time, true);
  all.set(new Uint8Array(bytes.buffer ?? bytes, bytes.byteOffset ?? 0, bytes.byteLength), 9);
  return all;
}

function show(event, caption, counts, list) {
  if (event.caption) caption.textContent = event.caption.text;
  const progress = event.progress ?? event.finished;
  if (progress) counts.textContent = Object.entries(progress).map(([part, count]) => `${part}: ${count.done ?? 0} of ${count.offered ?? 0}`).join(', ');
  const text = textOf(event);
  if (!text) return;
  const late = Number.parseFloat(event.lateness ?? '0').toFixed(2);
  list.prepend(el('li', {}, el('span', { class: 'quiet' }, `${Number.parseFloat(event.range?.end ?? '0').toFixed(1)} s, +${late} s  `), text));
  while (list.children.length > KEPT) list.lastChild.remove();
}

function textOf(event) {
  if (event.scene) return 'another scene';
  if (event.alert) return `${event.alert.modality === 'MODALITY_AUDIO' ? 'heard' : 'seen'}: ${event.alert.name}${event.alert.ended ? ' (ended)' : ''}`;
  if (event.heard) return `sound: ${event.heard.label || 'none of them'}`;
  if (event.transcript) return `“${event.transcript.text.trim()}”`;
  if (event.caption) return event.caption.text;
  if (event.problem) return `${event.problem.part}: ${event.problem.error.message}`;
  return null;
}

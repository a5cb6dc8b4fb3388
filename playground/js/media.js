// Choosing media: dropped, picked, pasted or recorded. Each is uploaded once and named by its reference afterwards.

import { upload } from './api.js';
import { el, errorBox } from './dom.js';

const NAMES = { image: 'picture', audio: 'sound', video: 'clip' };
const RECORDED = ['audio', 'video'];

export function mediaPicker({ multiple = false, needed = false, kinds = Object.keys(NAMES), onChange = () => {} } = {}) {
  const chosen = [];
  const list = el('div', { 'aria-live': 'polite' });
  const named = kinds.map((kind) => NAMES[kind]).join(', ').replace(/, (?=[^,]*$)/, ' or ');
  const input = el('input', { type: 'file', accept: kinds.map((kind) => `${kind}/*`).join(','), multiple, 'aria-label': `Choose a ${named}` });
  const drop = el('div', { class: 'drop' }, el('p', {}, `Drop a ${named} here, or paste one`), input);
  const recorders = RECORDED.filter((kind) => kinds.includes(kind)).map((kind) => recorder(kind, add));
  const node = el('div', {}, drop, recorders.length > 0 ? el('div', { class: 'row' }, ...recorders) : null, list);

  input.addEventListener('change', () => { [...input.files].forEach(add); input.value = ''; });
  drop.addEventListener('dragover', (event) => { event.preventDefault(); drop.classList.add('over'); });
  drop.addEventListener('dragleave', () => drop.classList.remove('over'));
  drop.addEventListener('drop', (event) => {
    event.preventDefault();
    drop.classList.remove('over');
    [...event.dataTransfer.files].forEach(add);
  });
  node.addEventListener('paste', (event) => [...event.clipboardData.files].forEach(add));

  function add(file) {
    if (!multiple) chosen.splice(0).forEach((medium) => medium.remove());
    const medium = show(file, () => { chosen.splice(chosen.indexOf(medium), 1); onChange(chosen); });
    chosen.push(medium);
    list.append(medium.node);
    onChange(chosen);
  }

  // Resolves when everything that was chosen has arrived.
  async function ready() {
    if (needed && chosen.length === 0) throw new Error('Choose a picture, a sound or a clip first.');
    return Promise.all(chosen.map((medium) => medium.uploaded));
  }

  return { node, chosen, ready };
}

function show(file, onRemove) {
  const url = URL.createObjectURL(file);
  const progress = el('progress', { max: 1, value: 0, 'aria-label': `Upload of ${file.name}` });
  const stop = new AbortController();
  const node = el('div', { class: 'medium' }, preview(file.type, url),
    el('div', { class: 'name' }, `${file.name} (${size(file.size)})`, progress),
    el('button', { type: 'button', 'aria-label': `Remove ${file.name}`, onclick: () => { remove(); onRemove(); } }, '×'));
  const uploaded = upload(file, (share) => { progress.value = share; }, stop.signal);
  uploaded.then(() => progress.remove(), (error) => {
    progress.remove();
    if (error.name !== 'AbortError') node.append(errorBox(error));
  });

  function remove() {
    stop.abort();
    URL.revokeObjectURL(url);
    node.remove();
  }

  return { node, file, url, uploaded, remove };
}

export function preview(type, url) {
  if (type.startsWith('image/')) return el('img', { src: url, alt: '' });
  if (type.startsWith('video/')) return el('video', { src: url, controls: true, muted: true });
  return el('audio', { src: url, controls: true });
}

export function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(0)} KiB` : `${(bytes / (1 << 20)).toFixed(1)} MiB`;
}

// A button that records until it is pressed again.
function recorder(kind, onFile) {
  const name = NAMES[kind];
  const button = el('button', { type: 'button' }, `Record a ${name}`);
  let running = null;
  button.addEventListener('click', async () => {
    if (running) {
      running.stop();
      return;
    }
    try {
      const source = await navigator.mediaDevices.getUserMedia({ audio: true, video: kind === 'video' });
      running = record(source, (blob) => {
        running = null;
        button.textContent = `Record a ${name}`;
        onFile(new File([blob], `recorded-${name}.webm`, { type: `${kind}/webm` }));
      });
      button.textContent = 'Stop recording';
    } catch (error) {
      button.after(errorBox({ message: `Nothing can be recorded: ${error.message}` }));
    }
  });
  return button;
}

function record(source, onDone) {
  const parts = [];
  const media = new MediaRecorder(source);
  media.ondataavailable = (event) => parts.push(event.data);
  media.onstop = () => {
    source.getTracks().forEach((track) => track.stop());
    onDone(new Blob(parts, { type: media.mimeType }));
  };
  media.start();
  return media;
}

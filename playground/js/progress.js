// How far something is that is made, and the file at its end.

import { el, fill } from './dom.js';

// Runs what makes something. It shows what there is of it in the frame.
export async function withProgress(name, output, make) {
  const progress = progressOf(name);
  const frame = el('div');
  fill(output, progress.node, frame);
  try {
    await make(progress, frame);
  } catch (error) {
    progress.end(error.name === 'AbortError' ? 'Stopped.' : '');
    throw error;
  }
}

function progressOf(name) {
  const bar = el('progress', { 'aria-label': name });
  const told = el('p', { class: 'quiet', 'aria-live': 'polite' }, 'Asking…');

  function to(done, all, words) {
    bar.max = all || 1;
    bar.value = done;
    told.textContent = words;
  }

  function end(words) {
    bar.remove();
    told.textContent = words;
  }

  return { node: el('div', {}, bar, told), to, end };
}

export function fileLink(url, name) {
  return el('p', {}, el('a', { class: 'button', href: url, download: name }, 'Download'));
}

// What the parts of a medium do to a score: cells of a picture, spans of a sound or a clip, words of a text.

import { action, el, fill } from './dom.js';
import { shade, signedCurve, signedMap } from './heat.js';

// A name that is pressed to see which parts of a medium carry what it names. The nodes that show it are made by the caller.
export function whereButton(name, where, explain) {
  const button = el('button', { type: 'button', class: 'token', title: 'Where from?' }, name);
  action(button, where, async (signal) => {
    fill(where, el('p', { class: 'quiet' }, 'Hiding parts of it…'));
    try {
      fill(where, ...await explain(signal), el('p', { class: 'quiet' }, 'Red speaks for it, blue against it.'));
    } catch (error) {
      fill(where);
      throw error;
    }
  });
  return button;
}

// The medium is the one that was chosen; none for words.
export function explained(explanation, medium) {
  const weights = (explanation.weights ?? []).map(Number);
  if (explanation.grid && medium) return map(explanation.grid, weights, medium);
  if (explanation.words) return words(explanation.words.words ?? [], weights);
  return overTime(weights);
}

function map(grid, weights, medium) {
  const canvas = el('canvas');
  signedMap(canvas, weights, grid);
  return el('div', { class: 'stage' }, el('img', { src: medium.url, alt: medium.file.name }), canvas);
}

function words(texts, weights) {
  return el('p', { class: 'words' }, ...texts.flatMap((text, i) => [el('span', { style: `background:${shade(weights[i] ?? 0, weights)}` }, text), ' ']));
}

function overTime(weights) {
  const canvas = el('canvas', { class: 'curve' });
  requestAnimationFrame(() => signedCurve(canvas, weights));
  return canvas;
}

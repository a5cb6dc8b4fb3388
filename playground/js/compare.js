// How alike media and words are.

import { bytesOf, call } from './api.js';
import { action, el, field, fill, lines } from './dom.js';
import { mediaPicker } from './media.js';

export function compareView() {
  const left = side('One side');
  const right = side('Other side');
  const button = el('button', { type: 'button', class: 'main' }, 'Compare');
  const output = el('div', { 'aria-live': 'polite' });
  action(button, output, (signal) => compare(left, right, output, signal));
  return el('div', {},
    el('div', { class: 'columns even' }, left.node, right.node),
    el('div', { class: 'row' }, button),
    el('section', { class: 'panel wide' }, el('h2', {}, 'Cosine similarity'), output));
}

function side(title) {
  const picker = mediaPicker({ multiple: true });
  const words = el('textarea', { placeholder: 'a dog on a beach\na red car' });
  const node = el('section', { class: 'panel' }, el('h2', {}, title), picker.node, field('Words, one text a line', words));
  return { node, picker, words };
}

async function itemsOf(side) {
  const uploaded = await side.picker.ready();
  const texts = lines(side.words);
  return {
    media: [...uploaded.map((medium) => ({ ref: medium.ref })), ...texts.map((text) => ({ text }))],
    names: [...side.picker.chosen.map((medium) => medium.file.name), ...texts],
  };
}

async function compare(left, right, output, signal) {
  fill(output);
  const [rows, columns] = [await itemsOf(left), await itemsOf(right)];
  const response = await call('Compare', { left: rows.media, right: columns.media }, signal);
  const values = floats(response.similarities.data);
  const head = el('tr', {}, el('th'), ...columns.names.map((name) => el('th', { scope: 'col', class: 'number' }, name)));
  const body = rows.names.map((name, i) => el('tr', {}, el('th', { scope: 'row' }, name),
    ...columns.names.map((_, j) => cell(values[(i * columns.names.length) + j]))));
  fill(output, el('table', {}, head, ...body));
}

function cell(value) {
  const share = Math.round(Math.max(0, Math.min(1, value)) * 60);
  return el('td', { class: 'number', style: `background: color-mix(in srgb, var(--accent) ${share}%, transparent)` }, value.toFixed(3));
}

// Little-endian float32 in base64.
export function floats(data) {
  return new Float32Array(bytesOf(data).buffer);
}

// A caption or an answer, token by token. A token that is pressed shows what it looked at.

import { stream } from './api.js';
import { action, el, errorBox, field, fill } from './dom.js';
import { curve, heatMap } from './heat.js';
import { mediaPicker } from './media.js';

export function askView() {
  const picker = mediaPicker({ multiple: true });
  const question = el('textarea', { placeholder: 'Empty: a caption. Else a question, for a model that answers questions.' });
  const model = el('input', { placeholder: 'default' });
  const button = el('button', { type: 'button', class: 'main' }, 'Ask');
  const output = el('div', { 'aria-live': 'polite' });
  action(button, output, (signal) => ask(picker, question.value.trim(), model.value.trim(), output, signal));
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'What'), picker.node, field('Question', question), field('Model', model), el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Answer'), output));
}

async function ask(picker, question, model, output, signal) {
  fill(output);
  if (!question && picker.chosen.length === 0) throw new Error('Choose a picture, a sound or a clip first, or ask a question.');
  const references = (await picker.ready()).map((uploaded, i) => ({ itemId: `${i + 1}: ${picker.chosen[i].file.name}`, ref: uploaded.ref }));
  const text = el('p', { class: 'answer' });
  const where = el('div');
  const told = el('p', { class: 'quiet' });
  fill(output, text, where, told);
  const answer = { media: picker.chosen.slice(), started: null, where, pressed: null };
  for await (const { event } of events(references, question, model, signal)) {
    if (event.started) answer.started = event.started;
    if (event.mediaError) output.append(errorBox(event.mediaError.error));
    if (event.delta) text.append(...tokens(event.delta, answer));
    if (event.finished) told.textContent = tell(event.finished, answer.started);
  }
}

function events(references, question, model, signal) {
  const chosen = model ? { model: { id: model } } : {};
  if (!question) return stream('Caption', [{ ...chosen, media: references, explain: true, allowPartial: true }], signal);
  const parts = [...references.map((media) => ({ media })), { text: question }];
  return stream('Generate', [{ ...chosen, messages: [{ role: 'CHAT_ROLE_USER', parts }] }], signal);
}

// What comes at once belongs to all its tokens.
function tokens(delta, answer) {
  if (!delta.text) return [];
  const attention = (delta.attention ?? []).at(-1);
  if (!attention) return [delta.text];
  const button = el('button', { type: 'button', class: 'token', 'aria-pressed': 'false', title: 'Where from?' }, delta.text);
  button.addEventListener('click', () => {
    answer.pressed?.setAttribute('aria-pressed', 'false');
    answer.pressed = button;
    button.setAttribute('aria-pressed', 'true');
    fill(answer.where, ...maps(attention.tokenWeights, answer));
  });
  return [button];
}

function maps(weights, answer) {
  let at = 0;
  return (answer.started.media ?? []).map((status, i) => {
    const count = status.tokens ?? 0;
    const part = weights.slice(at, at + count);
    at += count;
    const share = part.reduce((sum, weight) => sum + weight, 0);
    const label = el('p', { class: 'quiet' }, `${(share * 100).toFixed(0)} % from ${nameOf(status)}`);
    return el('div', {}, label, drawing(status, part, answer.media[i] ?? answer.media[0]));
  });
}

function nameOf(status) {
  return status.track && status.track !== 'TRACK_UNSPECIFIED'
    ? `${status.itemId}, ${status.track.slice('TRACK_'.length).toLowerCase()}`
    : status.itemId;
}

function drawing(status, weights, medium) {
  const canvas = el('canvas');
  if (status.modality === 'MODALITY_IMAGE' && medium && heatMap(canvas, weights)) {
    return el('div', { class: 'stage' }, el('img', { src: medium.url, alt: medium.file.name }), canvas);
  }
  canvas.className = 'curve';
  requestAnimationFrame(() => curve(canvas, weights));
  return canvas;
}

function tell(finished, started) {
  const cached = (started?.media ?? []).some((medium) => medium.cacheStatus === 'CACHE_STATUS_HIT') ? 'from the cache' : 'encoded now';
  const reason = (finished.reason ?? finished.finishReason ?? '').replace('FINISH_REASON_', '').toLowerCase();
  return [`Media ${cached}`, reason && `ended by ${reason}`, 'press a word to see what it looked at'].filter(Boolean).join(' · ');
}

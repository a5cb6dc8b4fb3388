// Labels in words, or those that a model was trained on.

import { call } from './api.js';
import { action, bar, el, errorBox, field, fill, lines } from './dom.js';
import { mediaPicker } from './media.js';

export function labelView() {
  const picker = mediaPicker({ multiple: true, needed: true });
  const labels = el('textarea', { placeholder: 'a dog\na cat\na bicycle' });
  const model = el('input', { placeholder: 'default' });
  const independent = el('input', { type: 'checkbox', style: 'width:auto' });
  const button = el('button', { type: 'button', class: 'main' }, 'Label');
  const output = el('div', { 'aria-live': 'polite' });
  action(button, output, (signal) => label(picker, lines(labels), model.value.trim(), independent.checked, output, signal));
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'What'), picker.node, field('Labels, one a line; none: the model’s own', labels),
      field('Model', model), el('label', { class: 'row' }, independent, 'several may be true at once'), el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Labels'), output));
}

async function label(picker, labels, model, independent, output, signal) {
  fill(output);
  const uploaded = await picker.ready();
  const response = await call('Classify', {
    items: uploaded.map((medium) => ({ ref: medium.ref })),
    labels: labels.map((name) => ({ name })),
    ...(model ? { model: { id: model } } : {}),
    scoring: independent ? 'SCORING_INDEPENDENT' : 'SCORING_UNSPECIFIED',
    topK: 10,
  }, signal);
  fill(output, ...response.results.map((result, i) => el('div', {},
    el('h2', {}, picker.chosen[i].file.name),
    result.error
      ? errorBox(result.error)
      : (result.classification.scores ?? []).map((score) => bar(score.label, score.score ?? 0, `${((score.score ?? 0) * 100).toFixed(1)} %`)))));
}

// Labels in words, or those that a model was trained on. A label that is pressed shows which parts of the medium carry it.

import { call } from './api.js';
import { action, bar, el, errorBox, field, fill, lines } from './dom.js';
import { explained, whereButton } from './explained.js';
import { mediaPicker } from './media.js';

export function labelView() {
  const picker = mediaPicker({ multiple: true, needed: true });
  const labels = el('textarea', { placeholder: 'a dog\na cat\na bicycle' });
  const model = el('input', { placeholder: 'default' });
  const independent = el('input', { type: 'checkbox' });
  const button = el('button', { type: 'button', class: 'main' }, 'Label');
  const output = el('div', { 'aria-live': 'polite' });
  action(button, output, (signal) => label(picker, questionOf(lines(labels), model.value.trim(), independent.checked), output, signal));
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'What'), picker.node, field('Labels, one a line; none: the model’s own', labels),
      field('Model', model), el('label', { class: 'row' }, independent, 'several may be true at once'), el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Labels'), output));
}

function questionOf(labels, model, independent) {
  return {
    labels: labels.map((name) => ({ name })),
    ...(model ? { model: { id: model } } : {}),
    scoring: independent ? 'SCORING_INDEPENDENT' : 'SCORING_UNSPECIFIED',
  };
}

async function label(picker, question, output, signal) {
  fill(output);
  const uploaded = await picker.ready();
  const media = picker.chosen.slice();
  const items = uploaded.map((medium) => ({ ref: medium.ref }));
  const response = await call('Classify', { ...question, items, topK: 10 }, signal);
  fill(output, ...response.results.map((result, i) => el('div', {},
    el('h2', {}, media[i].file.name),
    result.error ? errorBox(result.error) : scores(result.classification.scores ?? [], { medium: media[i], item: items[i], question }))));
}

function scores(labels, asked) {
  const where = el('div', { 'aria-live': 'polite' });
  const line = (score) => bar(whereButton(score.label, where, (signal) => explain(score.label, asked, signal)),
    score.score ?? 0, `${((score.score ?? 0) * 100).toFixed(1)} %`);
  return el('div', {}, ...labels.map(line), el('p', { class: 'quiet' }, 'Press a label to see what carries it.'), where);
}

async function explain(name, { medium, item, question }, signal) {
  const { explanations } = await call('Explain', { ...question, media: item, label: name }, signal);
  return [el('p', {}, `What carries “${name}”`), explained(explanations[0], medium)];
}

// Questions about a case of media, notes and a record, with what speaks for each answer.

import { call } from './api.js';
import { action, bar, el, errorBox, field, fill, lines } from './dom.js';
import { mediaPicker } from './media.js';

export function decideView() {
  const picker = mediaPicker({ multiple: true });
  const decider = el('input', { placeholder: 'none: by comparing media with words', list: 'deciders' });
  const known = el('datalist', { id: 'deciders' });
  const question = el('input', { placeholder: 'Is there a dog?' });
  const choices = el('textarea', { placeholder: 'a dog\na cat', 'aria-label': 'Choices' });
  const notes = el('textarea', { placeholder: 'What is written about the case' });
  const record = el('textarea', { placeholder: 'age = 63 years\nsmoker = true\nadmitted = 2026-11-28' });
  const button = el('button', { type: 'button', class: 'main' }, 'Decide');
  const output = el('div', { 'aria-live': 'polite' });
  action(button, output, async (signal) => {
    fill(output);
    const media = (await picker.ready()).map((medium, i) => ({ ref: medium.ref, itemId: picker.chosen[i].file.name }));
    const request = { decider: decider.value.trim(), cases: [{ media, notes: notes.value.trim(), fields: fieldsOf(lines(record)) }] };
    if (!request.decider) request.questions = [questionOf(question.value.trim(), lines(choices))];
    const response = await call('Decide', request, signal);
    fill(output, ...response.results.map(result), el('p', { class: 'quiet' }, response.notice ?? ''));
  });
  listDeciders(known);
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'Case'), picker.node, field('Notes', notes), field('Record, one field a line', record),
      field('Decider', decider), known, field('Question, without a decider', question), field('Choices; none: yes or no', choices),
      el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Answer'), output));
}

async function listDeciders(known) {
  try {
    const { deciders = [] } = await call('ListDeciders', {});
    fill(known, ...deciders.map((decider) => el('option', { value: decider.id }, `version ${decider.version}, ${decider.cases ?? 0} cases`)));
  } catch {
    // Names can be typed; what is wrong is told when something is decided.
  }
}

function questionOf(instructions, choices) {
  const asked = { name: 'question', instructions };
  return choices.length > 0 ? { ...asked, choice: { choices: choices.map((value) => ({ value })) } } : { ...asked, predicate: {} };
}

// "name = value": a number with its unit, a date, or one of few words.
export function fieldsOf(written) {
  const fields = {};
  for (const line of written) {
    const at = line.indexOf('=');
    const [name, value] = at < 0 ? [line, ''] : [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    const number = /^(-?\d+(?:\.\d+)?)\s*([^\d\s].*)?$/.exec(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) fields[name] = { date: value };
    else if (number) fields[name] = { number: { value: Number(number[1]), unit: number[2] ?? '' } };
    else fields[name] = { category: value };
  }
  return fields;
}

function result(one) {
  if (one.error) return errorBox(one.error);
  return el('div', {}, ...(one.decision.answers ?? []).map(answer));
}

function answer(one) {
  const abstained = one.abstained && one.abstained !== 'ABSTENTION_REASON_UNSPECIFIED';
  const evidence = one.evidence ?? [];
  const scale = Math.max(...evidence.map((piece) => Math.abs(piece.weight ?? 0)), 1e-9);
  return el('div', {},
    el('h2', {}, `${one.question}: ${abstained ? 'no answer' : one.choice}`),
    abstained ? el('p', { class: 'quiet' }, one.abstained.replace('ABSTENTION_REASON_', '').replaceAll('_', ' ').toLowerCase()) : null,
    ...(one.probabilities ?? []).map((option) => bar(option.value, option.probability ?? 0, `${((option.probability ?? 0) * 100).toFixed(0)} %`)),
    el('p', { class: 'quiet' }, one.calibrated ? 'Probabilities are calibrated.' : 'Probabilities only rank: nothing was taught.'),
    evidence.length > 0 ? el('h2', {}, 'Because') : null,
    ...evidence.map((piece) => bar([piece.where || piece.part, piece.said].filter(Boolean).join(' = '), piece.weight ?? 0, (piece.weight ?? 0).toFixed(2), scale)),
    (one.similarCases ?? []).length > 0 ? el('h2', {}, 'Like') : null,
    ...(one.similarCases ?? []).map((similar) => el('p', {}, `${similar.caseId}: ${similar.outcome || 'no outcome'} (${(similar.similarity ?? 0).toFixed(2)})`)));
}

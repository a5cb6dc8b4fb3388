// Questions about a case of media, notes and a record, with what speaks for each answer.

import { call } from './api.js';
import { action, bar, el, errorBox, field, fill, lines, signedBar } from './dom.js';
import { explained, whereButton } from './explained.js';
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
    const shown = new Map(picker.chosen.map((medium, i) => [`${i + 1}: ${medium.file.name}`, medium]));
    const media = (await picker.ready()).map((medium, i) => ({ ref: medium.ref, itemId: [...shown.keys()][i] }));
    const request = { decider: decider.value.trim(), cases: [{ media, notes: notes.value.trim(), fields: fieldsOf(lines(record)) }] };
    if (!request.decider) request.questions = [questionOf(question.value.trim(), lines(choices))];
    const response = await call('Decide', request, signal);
    fill(output, ...response.results.map((one) => result(one, { request, shown })), el('p', { class: 'quiet' }, response.notice ?? ''));
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
  if (!instructions && choices.length === 0) throw new Error('Ask a question, or name a decider.');
  const asked = { name: 'question', instructions };
  return choices.length > 0 ? { ...asked, choice: { choices: choices.map((value) => ({ value })) } } : { ...asked, predicate: {} };
}

// "name = value": a number with its unit, a date, or one of few words.
export function fieldsOf(written) {
  const fields = {};
  for (const line of written) {
    const at = line.indexOf('=');
    const [name, value] = [line.slice(0, at).trim(), line.slice(at + 1).trim()];
    if (at < 0 || !name || !value) throw new Error(`Record: “${line}” is no field; write it as name = value.`);
    if (Object.hasOwn(fields, name)) throw new Error(`Record: “${name}” is there twice.`);
    const number = /^(-?\d+(?:\.\d+)?)\s*([^\d\s].*)?$/.exec(value);
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) fields[name] = { date: value };
    else if (number) fields[name] = { number: { value: Number(number[1]), unit: number[2] ?? '' } };
    else fields[name] = { category: value };
  }
  return fields;
}

function result(one, asked) {
  if (one.error) return errorBox(one.error);
  return el('div', {}, ...(one.decision.answers ?? []).map((said) => answer(said, asked)),
    ...(one.warnings ?? []).map((warning) => el('p', { class: 'quiet' }, warning.message)));
}

function answer(one, asked) {
  const abstained = one.abstained && one.abstained !== 'ABSTENTION_REASON_UNSPECIFIED';
  return el('div', {},
    el('h2', {}, `${one.question}: ${abstained ? 'no answer' : one.choice}`),
    abstained ? el('p', { class: 'quiet' }, one.abstained.replace('ABSTENTION_REASON_', '').replaceAll('_', ' ').toLowerCase()) : null,
    ...(one.probabilities ?? []).map((option) => bar(option.value, option.probability ?? 0, `${((option.probability ?? 0) * 100).toFixed(0)} %`)),
    el('p', { class: 'quiet' }, one.calibrated ? 'Probabilities are calibrated.' : 'Probabilities only rank: nothing was taught.'),
    ...because(one.evidence ?? [], one.question, asked),
    (one.similarCases ?? []).length > 0 ? el('h2', {}, 'Like') : null,
    ...(one.similarCases ?? []).map((similar) => el('p', {}, `${similar.caseId}: ${similar.outcome || 'no outcome'} (${(similar.similarity ?? 0).toFixed(2)})`)));
}

// A medium that is pressed shows which parts of it count.
function because(evidence, question, asked) {
  if (evidence.length === 0) return [];
  const scale = Math.max(...evidence.map((piece) => Math.abs(piece.weight ?? 0)), 1e-9);
  const where = el('div', { 'aria-live': 'polite' });
  const isMedium = (piece) => piece.kind === 'EVIDENCE_KIND_MEDIUM';
  const name = (piece) => (isMedium(piece)
    ? whereButton(nameOf(piece), where, (signal) => partsOf(piece, question, asked, signal))
    : nameOf(piece));
  return [el('h2', {}, 'Because'),
    ...evidence.map((piece) => signedBar(name(piece), piece.weight ?? 0, (piece.weight ?? 0).toFixed(2), scale)),
    evidence.some(isMedium) ? el('p', { class: 'quiet' }, 'Press a medium to see which parts of it count.') : null,
    where];
}

// The only text that the page sends are the notes.
function nameOf(piece) {
  if (piece.kind === 'EVIDENCE_KIND_BASE') return 'how frequent it is';
  if (piece.kind === 'EVIDENCE_KIND_WORD') return `“${piece.where}”`;
  return piece.part === 'text' ? 'notes' : [piece.where || piece.part, piece.said].filter(Boolean).join(' = ');
}

async function partsOf(piece, question, { request, shown }, signal) {
  const questions = request.decider ? [{ name: question }] : request.questions;
  const { results: [one] } = await call('Decide', { ...request, questions, maxEvidence: 0, maxSimilarCases: 0, explainMedia: {} }, signal);
  if (one.error) throw Object.assign(new Error(one.error.message), { reason: one.error.reason });
  const media = (one.decision.explanations?.[0]?.media ?? []).filter((medium) => isOf(medium, piece));
  if (media.length === 0) throw new Error('Parts of it are not weighed.');
  return media.flatMap((medium) => [el('p', {}, `What counts of “${nameOf({ ...piece, where: medium.itemId })}”`), explained(medium, shown.get(medium.itemId))]);
}

// A piece is of one medium, or of all of a modality.
function isOf(medium, piece) {
  return medium.modality === `MODALITY_${piece.part.toUpperCase()}` && (!piece.where || medium.itemId === piece.where);
}

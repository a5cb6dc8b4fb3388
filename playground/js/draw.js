// Pictures and clips from words: made step by step, seen on the way, and kept as files.

import { makeClip } from './clip.js';
import { action, el, field, fill, lines, numberOf } from './dom.js';
import { mediaPicker } from './media.js';
import { makePicture } from './picture.js';
import { pictureModels } from './served.js';

export function drawView() {
  const [picture, clip] = [pictureFields(), clipFields()];
  const looks = lookFields();
  const button = el('button', { type: 'button', class: 'main' }, 'Draw');
  const output = el('div', { class: 'made' });
  const choice = kindChoice([['A picture', picture.node], ['A clip', clip.node]]);
  action(button, output, async (signal) => {
    fill(output);
    if (clip.node.hidden) await makePicture({ ...looks.read(), ...await picture.read() }, output, signal);
    else await makeClip({ ...looks.read(), ...await clip.read() }, output, signal);
  });
  return el('div', { class: 'columns' },
    el('section', { class: 'panel' }, el('h2', {}, 'What'), choice, picture.node, clip.node, looks.node, el('div', { class: 'row' }, button)),
    el('section', { class: 'panel' }, el('h2', {}, 'Made'), output));
}

// One of two forms at a time.
function kindChoice(kinds) {
  const choose = (chosen) => kinds.forEach(([, node]) => { node.hidden = node !== chosen; });
  choose(kinds[0][1]);
  return el('fieldset', { class: 'row', 'aria-label': 'What to make' }, ...kinds.map(([name, node], i) =>
    el('label', {}, el('input', { type: 'radio', name: 'kind', checked: i === 0, onchange: () => choose(node) }), ` ${name}`)));
}

function pictureFields() {
  const prompt = el('textarea', { placeholder: 'a dog on a beach' });
  const strength = el('input', { type: 'range', min: 0.05, max: 1, step: 0.05, value: 0.6 });
  const told = el('output', {}, '60 %');
  const howMuch = el('label', { hidden: true }, 'How much of it is changed ', told, strength);
  const start = mediaPicker({ kinds: ['image'], onChange: (chosen) => { howMuch.hidden = chosen.length === 0; } });
  strength.addEventListener('input', () => { told.textContent = `${Math.round(strength.value * 100)} %`; });

  async function read() {
    const [begun] = await start.ready();
    return { prompt: needed(prompt.value.trim()), ...(begun ? { start: { ref: begun.ref }, strength: Number(strength.value) } : {}) };
  }

  const from = el('details', {}, el('summary', {}, 'Start from a picture'), start.node, howMuch);
  return { node: el('div', {}, field('What shall be seen', prompt), from), read };
}

function clipFields() {
  const prompts = el('textarea', { placeholder: 'a meadow in spring\na meadow in snow' });
  const seconds = el('input', { type: 'number', min: 0.1, max: 120, step: 'any', placeholder: 'sound’s, or 4' });
  const rate = el('input', { type: 'number', min: 1, max: 30, step: 'any', placeholder: '8' });
  const sound = mediaPicker({ kinds: ['audio'] });

  async function read() {
    const length = numberOf(seconds);
    const [track] = await sound.ready();
    needed(prompts.value.trim());
    return {
      prompts: lines(prompts), framesPerSecond: numberOf(rate),
      ...(length ? { duration: `${length}s` } : {}), ...(track ? { sound: { ref: track.ref } } : {}),
    };
  }

  const keeping = el('details', {}, el('summary', {}, 'Keep time with a sound'), sound.node);
  const numbers = el('div', { class: 'fields' }, field('Seconds', seconds), field('Pictures a second', rate));
  return { node: el('div', {}, field('What shall be seen, one after the other; a line each', prompts), keeping, numbers), read };
}

function needed(words) {
  if (words === '') throw new Error('Say in words what shall be seen.');
  return words;
}

// Of pictures, alone or as those of a clip. What is left empty is the model's to say.
function lookFields() {
  const number = (attributes) => el('input', { type: 'number', placeholder: 'the model’s', ...attributes });
  const [width, height] = [number({ min: 1 }), number({ min: 1 })];
  const [steps, guidance] = [number({ min: 1 }), number({ min: 0, step: 'any' })];
  const seed = el('input', { inputmode: 'numeric', pattern: '[0-9]{1,20}', title: 'a whole number', placeholder: 'any' });
  const negative = el('input', { placeholder: 'blurred, dark' });
  const known = el('datalist', { id: 'picture-models' });
  const model = el('input', { placeholder: 'default', list: known.id });
  pictureModels().then((ids) => fill(known, ...ids.map((id) => el('option', { value: id }))));

  function read() {
    numberOf(seed);
    const id = model.value.trim();
    return {
      ...(id ? { model: { id } } : {}),
      negativePrompt: negative.value.trim(), seed: seed.value || undefined,
      steps: numberOf(steps), guidance: numberOf(guidance), width: numberOf(width), height: numberOf(height),
    };
  }

  const numbers = [['Width', width], ['Height', height], ['Steps', steps], ['Guidance', guidance], ['Seed', seed]];
  return { node: el('div', {}, field('What shall not be seen', negative), el('div', { class: 'fields' }, ...numbers.map(([name, input]) => field(name, input))), field('Model', model), known), read };
}

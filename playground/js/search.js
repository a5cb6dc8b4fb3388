// A collection of media, filled here and searched by words, a picture, a sound or a clip.

import { call, stream } from './api.js';
import { action, el, errorBox, field, fill } from './dom.js';
import { mediaPicker } from './media.js';

export function searchView() {
  const name = el('input', { value: 'playground', list: 'collections' });
  const known = el('datalist', { id: 'collections' });
  const output = el('div', { 'aria-live': 'polite' });
  const shown = new Map();
  const node = el('div', { class: 'columns' },
    el('div', {}, filling(name, known, shown), asking(name, output, shown)),
    el('section', { class: 'panel' }, el('h2', {}, 'Found'), output));
  node.append(known);
  listCollections(known);
  return node;
}

async function listCollections(known) {
  try {
    const { collections = [] } = await call('Collections', { list: {} });
    fill(known, ...collections.map((collection) => el('option', { value: collection.name }, `${collection.items ?? 0} items`)));
  } catch {
    // Names can be typed; what is wrong is told when something is done.
  }
}

function filling(name, known, shown) {
  const picker = mediaPicker({ multiple: true, needed: true });
  const button = el('button', { type: 'button', class: 'main' }, 'Put in');
  const told = el('div', { 'aria-live': 'polite' });
  action(button, told, async (signal) => {
    const uploaded = await picker.ready();
    const items = uploaded.map((medium, i) => ({ item: { id: picker.chosen[i].file.name, media: { ref: medium.ref } } }));
    picker.chosen.forEach((medium) => shown.set(medium.file.name, medium));
    const progress = el('progress', { max: items.length, value: 0, 'aria-label': 'Items put in' });
    fill(told, progress);
    for await (const event of stream('Index', [{ header: { collection: name.value, create: true } }, ...items], signal)) {
      if (event.item) progress.value += 1;
      if (event.item?.error) told.append(errorBox(event.item.error));
      if (event.finished) told.append(el('p', { class: 'quiet' }, `${Number(event.finished.added ?? 0)} added, ${Number(event.finished.replaced ?? 0)} replaced`));
    }
    await listCollections(known);
  });
  return el('section', { class: 'panel' }, el('h2', {}, 'Collection'), field('Name', name), picker.node, el('div', { class: 'row' }, button), told);
}

function asking(name, output, shown) {
  const words = el('input', { placeholder: 'a dog on a beach' });
  const filter = el('input', { placeholder: 'year >= 2020 AND tags = "sea"' });
  const picker = mediaPicker();
  const button = el('button', { type: 'button', class: 'main' }, 'Search');
  action(button, output, async (signal) => {
    fill(output);
    const queries = (await picker.ready()).map((medium) => ({ media: { ref: medium.ref } }));
    if (words.value.trim()) queries.push({ media: { text: words.value.trim() } });
    if (queries.length === 0) throw new Error('Say in words what to look for, or choose a picture, a sound or a clip.');
    const request = { collection: name.value, queries, filter: filter.value.trim(), withThumbnails: true, pageSize: 24 };
    const { hits = [] } = await call('Search', request, signal);
    fill(output, hits.length === 0 ? el('p', { class: 'quiet' }, 'Nothing is there.') : el('ul', { class: 'hits' }, ...hits.map((hit) => show(hit, shown))));
  });
  return el('section', { class: 'panel' }, el('h2', {}, 'Search'), field('Words', words), field('Like this', picker.node), field('Only those of which', filter), el('div', { class: 'row' }, button));
}

// What was put in from here plays from the moment that was found.
function show(hit, shown) {
  const { item } = hit;
  const start = hit.moment ? seconds(hit.moment.start) : null;
  const medium = start !== null ? shown.get(item.id) : null;
  return el('li', { class: 'hit' }, medium ? player(medium, start) : picture(item),
    el('div', {}, item.text || item.id),
    el('div', { class: 'quiet' }, `${(hit.score ?? 0).toFixed(3)}${start !== null ? ` · from ${start.toFixed(1)} s` : ''}`));
}

function picture(item) {
  if (!item.thumbnail) return null;
  const type = item.thumbnail.startsWith('iVBOR') ? 'png' : 'jpeg';
  return el('img', { src: `data:image/${type};base64,${item.thumbnail}`, alt: item.id });
}

function player(medium, start) {
  const tag = medium.file.type.startsWith('audio/') ? 'audio' : 'video';
  return el(tag, { src: `${URL.createObjectURL(medium.file)}#t=${start}`, controls: true, style: 'width:100%' });
}

function seconds(duration) {
  return Number((duration ?? '0s').slice(0, -1));
}

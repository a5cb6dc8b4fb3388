// The models there are, loaded and unloaded, and how busy the services are.

import { MODELS, call, key, stream } from './api.js';
import { el, errorBox, fill } from './dom.js';
import { size } from './media.js';

const REFRESH = 2000;

export function modelsView() {
  const models = el('div', { 'aria-live': 'polite' }, el('p', { class: 'quiet' }, 'Asking…'));
  const services = el('div');
  const node = el('div', {},
    el('section', { class: 'panel wide' }, el('h2', {}, 'Models'), models),
    el('section', { class: 'panel wide' }, el('h2', {}, 'Services'), services));
  listModels(models);
  watch(node, services);
  return node;
}

async function listModels(output) {
  try {
    const { models = [] } = await call('List', {}, undefined, MODELS);
    fill(output, el('table', { class: 'models' },
      el('tr', {}, ...['Model', 'Family', 'Size', 'Parts', ''].map((name) => el('th', { scope: 'col' }, name))),
      ...models.map((model) => row(model, output))));
  } catch (error) {
    fill(output, errorBox(error));
  }
}

function row(model, output) {
  const parts = model.parts ?? [];
  const loaded = parts.some((part) => part.state === 'MODEL_STATE_LOADED');
  const button = el('button', { type: 'button' }, loaded ? 'Unload' : 'Load');
  button.addEventListener('click', async () => {
    button.disabled = true;
    try {
      for await (const { part } of stream(loaded ? 'Unload' : 'Load', [{ id: model.id }], undefined, MODELS)) {
        button.textContent = `${part.service}: ${stateOf(part)}…`;
      }
      await listModels(output);
    } catch (error) {
      button.after(errorBox(error));
    }
  });
  return el('tr', {}, el('td', {}, model.id, model.isDefault ? ' (default)' : ''), el('td', {}, model.family ?? ''),
    el('td', {}, size(Number(model.sizeBytes ?? 0))), el('td', {}, ...parts.map(partLine), model.reason ? errorBox({ message: model.reason }) : null),
    el('td', {}, button));
}

function partLine(part) {
  const kind = part.state === 'MODEL_STATE_LOADED' ? 'ok' : part.state === 'MODEL_STATE_FAILED' ? 'bad' : 'off';
  return el('div', {}, `${part.service} `, el('span', { class: kind }, stateOf(part)), part.reason ? el('div', { class: 'quiet' }, part.reason) : null);
}

function stateOf(part) {
  return (part.state ?? '').replace('MODEL_STATE_', '').toLowerCase();
}

// As long as the page shows it.
async function watch(node, output) {
  do {
    try {
      const [{ services = [] }, figures] = await Promise.all([call('Status', {}), metrics()]);
      fill(output, el('table', { class: 'services' },
        el('tr', {}, ...['Service', 'State', 'Where'].map((name) => el('th', { scope: 'col' }, name)),
          ...['Waiting', 'Cache hits'].map((name) => el('th', { scope: 'col', class: 'number' }, name))),
        ...services.map((service) => el('tr', {},
          el('td', {}, service.name),
          el('td', { class: service.ready ? 'ok' : 'bad' }, service.ready ? 'ready' : service.detail ?? 'not ready'),
          el('td', {}, service.address ?? ''),
          el('td', { class: 'number' }, figures.waiting[service.name] ?? ''),
          el('td', { class: 'number' }, service.name === 'cache' ? figures.hits : '')))));
    } catch (error) {
      fill(output, errorBox(error));
    }
    await new Promise((resolve) => { setTimeout(resolve, REFRESH); });
  } while (node.isConnected);
}

// Of the gateway's own process: what runs elsewhere has its figures there.
async function metrics() {
  const response = await fetch('metrics', { headers: key() ? { authorization: `Bearer ${key()}` } : {} });
  const waiting = {};
  let hits = 0;
  for (const line of (response.ok ? await response.text() : '').split('\n')) {
    const value = Number(line.replace(/^[^{ ]+(\{[^}]*\})? /, '').split(' ')[0]);
    const batcher = /^sensorium_batcher_queue_size[^{]*\{.*batcher="([^"]+)"/.exec(line);
    if (batcher) waiting[batcher[1]] = value;
    if (/^sensorium_cache_[a-z_]*\{.*result="hit"/.test(line) || /^sensorium_cache_hits/.test(line)) hits += value;
  }
  return { waiting, hits };
}

// Shows the view that the address names. A view is made once, so that what was done in it is still there.

import { key } from './api.js';
import { askView } from './ask.js';
import { compareView } from './compare.js';
import { decideView } from './decide.js';
import { errorBox, fill } from './dom.js';
import { drawView } from './draw.js';
import { labelView } from './label.js';
import { liveView } from './live.js';
import { modelsView } from './models.js';
import { searchView } from './search.js';
import { pictureModels } from './served.js';

const VIEWS = { ask: askView, compare: compareView, label: labelView, search: searchView, decide: decideView, draw: drawView, live: liveView, models: modelsView };
const made = new Map();
const main = document.getElementById('view');
const keyInput = document.getElementById('key');

function show() {
  const asked = location.hash.slice(1);
  const name = Object.hasOwn(VIEWS, asked) ? asked : 'ask';
  for (const link of document.querySelectorAll('nav a')) {
    if (link.hash === `#${name}`) link.setAttribute('aria-current', 'page');
    else link.removeAttribute('aria-current');
  }
  // What is shown there changes by itself.
  if (!made.has(name) || name === 'models') made.set(name, VIEWS[name]());
  fill(main, made.get(name));
}

// What nothing here can do is not offered.
async function offer() {
  document.querySelector('nav a[href="#draw"]').hidden = (await pictureModels()).length === 0;
}

keyInput.value = key();
keyInput.addEventListener('change', () => { sessionStorage.setItem('sensorium-key', keyInput.value.trim()); offer(); });
window.addEventListener('hashchange', () => { show(); main.focus(); });
window.addEventListener('error', (event) => main.prepend(errorBox({ message: event.message })));
show();
offer();

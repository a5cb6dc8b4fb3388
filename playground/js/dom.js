// Small helpers over the DOM. Text is always set as text, never as markup.

export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) node.addEventListener(name.slice(2), value);
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

export function fill(node, ...children) {
  node.replaceChildren(...children.flat().filter((child) => child !== null && child !== undefined));
}

export function field(label, input) {
  return el('label', {}, label, input);
}

// A number, or nothing. What the field refuses is said in its own words.
export function numberOf(input) {
  if (!input.checkValidity()) throw new Error(`${input.closest('label').firstChild.textContent}: ${input.validity.patternMismatch ? `${input.title} is needed` : input.validationMessage}`);
  return input.value === '' ? undefined : Number(input.value);
}

export function lines(textarea) {
  return textarea.value.split('\n').map((line) => line.trim()).filter((line) => line.length > 0);
}

export function errorBox(error) {
  const hint = error.retryAfter ? ` Try again in ${error.retryAfter}.` : '';
  return el('p', { class: 'error', role: 'alert' }, error.message + hint,
    error.reason ? el('span', { class: 'quiet' }, ` (${error.reason})`) : null);
}

// A bar from 0 to 1. The name may be a node.
export function bar(name, value, shown) {
  return barOf('fill', name, value, shown);
}

// One that speaks for something over 0, and against it below; as long as its share of the scale.
export function signedBar(name, value, shown, scale) {
  return barOf(value < 0 ? 'fill against' : 'fill for', name, Math.abs(value) / scale, shown);
}

function barOf(kind, name, share, shown) {
  return el('div', { class: 'bar' },
    el('span', {}, name),
    el('div', { class: 'track' }, el('div', { class: kind, style: `width:${Math.min(100, share * 100)}%` })),
    el('span', { class: 'value' }, shown));
}

// Runs what a button starts: one at a time, with a way to stop it, and what went wrong where the answer would be.
export function action(button, output, run) {
  let under = null;
  const start = button.textContent;
  button.addEventListener('click', async () => {
    if (under) {
      under.abort();
      return;
    }
    under = new AbortController();
    button.textContent = 'Stop';
    try {
      await run(under.signal);
    } catch (error) {
      if (error.name !== 'AbortError') output.append(errorBox(error));
    } finally {
      under = null;
      button.textContent = start;
    }
  });
}

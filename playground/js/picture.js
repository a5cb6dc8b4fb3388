// One picture: its steps, what it looks like on the way, and the file at the end.

import { bytesOf, stream } from './api.js';
import { el, fill } from './dom.js';
import { fileLink, withProgress } from './progress.js';

const PREVIEWS = 8;

export function makePicture(request, output, signal) {
  return withProgress('Steps', output, async (progress, frame) => {
    for await (const { event } of stream('GenerateImage', [{ ...request, previews: previewsOf(request) }], signal)) {
      if (event.started) progress.to(0, event.started.steps, waiting(event.started.queuePosition ?? 0));
      if (event.step) progress.to(event.step.step, event.step.steps, `Step ${event.step.step} of ${event.step.steps}`);
      if (event.step?.preview) fill(frame, el('img', { class: 'preview', src: `data:image/png;base64,${event.step.preview}`, alt: 'What it is like so far' }));
      if (event.finished) finish(event.finished, request.prompt, progress, frame);
    }
  });
}

// No more than there are steps.
function previewsOf(request) {
  return Math.min(PREVIEWS, request.steps ?? PREVIEWS);
}

function waiting(before) {
  return before > 0 ? `Waiting for ${before} other picture${before > 1 ? 's' : ''}` : 'Begun';
}

function finish({ png, seed = '0', total }, prompt, progress, frame) {
  progress.end(`Seed ${seed}, ${Number.parseFloat(total).toFixed(1)} s`);
  const url = URL.createObjectURL(new Blob([bytesOf(png)], { type: 'image/png' }));
  fill(frame, el('img', { src: url, alt: prompt }), fileLink(url, `picture-${seed}.png`));
}

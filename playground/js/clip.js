// One clip: its pictures are counted while they are made, then the file comes in pieces.

import { bytesOf, stream } from './api.js';
import { el, fill } from './dom.js';
import { fileLink, withProgress } from './progress.js';

export function makeClip(request, output, signal) {
  return withProgress('Pictures', output, async (progress, frame) => {
    const pieces = [];
    let seed = '0';
    for await (const { started, frame: made, chunk, finished } of stream('GenerateVideo', [request], signal)) {
      if (started) {
        seed = started.seed ?? seed;
        progress.to(0, started.frames, `${started.frames} pictures, ${Number.parseFloat(started.duration).toFixed(1)} s`);
      }
      if (made) progress.to(made.done, made.frames, `Picture ${made.done} of ${made.frames}`);
      if (chunk) pieces.push(bytesOf(chunk));
      if (finished) {
        progress.end(`Seed ${seed}`);
        fill(frame, ...player(new Blob(pieces, { type: finished.mediaType }), request.prompts.join(', then '), `clip-${seed}.mp4`));
      }
    }
  });
}

function player(file, label, name) {
  const url = URL.createObjectURL(file);
  return [el('video', { src: url, controls: true, loop: true, 'aria-label': label }), fileLink(url, name)];
}

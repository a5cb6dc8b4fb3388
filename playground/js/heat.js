// Where an answer came from: a map over a picture, a curve over time.

const LOOKED_AT = [242, 70, 5];
// As the server draws them, and bars of evidence have them.
const FOR = [225, 40, 25];
const AGAINST = [40, 80, 220];
const MOST_OPAQUE = 190;

// Weights of the patches of a square grid, row by row, over the picture on the stage: from the least to the most.
export function heatMap(canvas, weights) {
  const side = Math.round(Math.sqrt(weights.length));
  if (side * side !== weights.length) return false;
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  paint(canvas, side, side, weights.map((weight) => [LOOKED_AT, most > least ? (weight - least) / (most - least) : 0]));
  return true;
}

// Weights of the cells of a picture that speak for a score where they are over 0, and against it below.
export function signedMap(canvas, weights, { rows, columns }) {
  const most = greatest(weights);
  paint(canvas, rows, columns, weights.map((weight) => [weight < 0 ? AGAINST : FOR, Math.abs(weight) / most]));
}

// The colour of a word with such a weight.
export function shade(weight, weights) {
  const share = Math.abs(weight) / greatest(weights);
  return `rgb(${(weight < 0 ? AGAINST : FOR).join(' ')} / ${Math.round(share * 60)}%)`;
}

// Weights over time, from left to right.
export function curve(canvas, weights) {
  columns(canvas, weights, () => LOOKED_AT);
}

// Those that speak against a score hang down.
export function signedCurve(canvas, weights) {
  columns(canvas, weights, (weight) => (weight < 0 ? AGAINST : FOR));
}

function columns(canvas, weights, colourOf) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const context = canvas.getContext('2d');
  const [above, below] = [Math.max(...weights, 0), Math.max(...weights.map((weight) => -weight), 0)];
  const scale = (canvas.height - 4) / Math.max(above + below, 1e-9);
  const zero = canvas.height - (below * scale);
  const width = canvas.width / weights.length;
  weights.forEach((weight, i) => {
    context.fillStyle = `rgb(${colourOf(weight).join(' ')})`;
    context.fillRect(i * width, weight < 0 ? zero : zero - (weight * scale), Math.max(1, width - 1), Math.abs(weight) * scale);
  });
}

function greatest(weights) {
  return Math.max(...weights.map(Math.abs), 1e-9);
}

function paint(canvas, rows, columns, cells) {
  canvas.width = columns;
  canvas.height = rows;
  const context = canvas.getContext('2d');
  const image = context.createImageData(columns, rows);
  cells.forEach(([colour, share], i) => image.data.set([...colour, Math.round(share * MOST_OPAQUE)], i * 4));
  context.putImageData(image, 0, 0);
}

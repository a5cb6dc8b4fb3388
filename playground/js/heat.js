// Where an answer came from: a map over a picture, a curve over time.

// Weights of the patches of a square grid, row by row, over the picture on the stage.
export function heatMap(canvas, weights) {
  const side = Math.round(Math.sqrt(weights.length));
  if (side * side !== weights.length) return false;
  return grid(canvas, weights, side, side);
}

export function grid(canvas, weights, rows, columns) {
  canvas.width = columns;
  canvas.height = rows;
  canvas.style.imageRendering = 'auto';
  const context = canvas.getContext('2d');
  const image = context.createImageData(columns, rows);
  const [least, most] = [Math.min(...weights), Math.max(...weights)];
  weights.forEach((weight, i) => {
    const share = most > least ? (weight - least) / (most - least) : 0;
    image.data.set([242, 70, 5, Math.round(share * 190)], i * 4);
  });
  context.putImageData(image, 0, 0);
  return true;
}

// Weights over time, from left to right.
export function curve(canvas, weights) {
  const ratio = window.devicePixelRatio || 1;
  canvas.width = canvas.clientWidth * ratio;
  canvas.height = canvas.clientHeight * ratio;
  const context = canvas.getContext('2d');
  const most = Math.max(...weights, 1e-9);
  context.fillStyle = getComputedStyle(canvas).getPropertyValue('--accent');
  const width = canvas.width / weights.length;
  weights.forEach((weight, i) => {
    const height = (Math.max(0, weight) / most) * (canvas.height - 4);
    context.fillRect(i * width, canvas.height - height, Math.max(1, width - 1), height);
  });
}

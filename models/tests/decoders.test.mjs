// The plain and the serving decoder of the shipped pack are the same network: equal logits, however the tokens are fed.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

// The copy of ONNX Runtime that the package under test brings.
const ort = createRequire(createRequire(import.meta.url).resolve('@huggingface/transformers'))('onnxruntime-node');
const pack = new URL('../sensorium-mini/', import.meta.url);
const { layers, heads, head_width: width, capacity, vocabulary } = JSON.parse(readFileSync(new URL('pack.json', pack))).decoder;
const modelWidth = heads * width;
const tolerance = 1e-4;
const rows = [[5, 292, 291, 1663, 47], [100, 425, 1474, 2224, 49]];
const lengths = [9, 6]; // valid media tokens of each row

const load = (name) => ort.InferenceSession.create(fileURLToPath(new URL(`captioner/onnx/${name}.onnx`, pack)));
const floats = (data, dims) => new ort.Tensor('float32', data, dims);
const integers = (values, dims) => new ort.Tensor('int64', BigInt64Array.from(values, BigInt), dims);
const names = (stem, side) => Array.from({ length: layers }, (_, i) => ['key', 'value'].map((part) => `${stem}.${i}.${side}.${part}`)).flat();
const piece = (start, end, chosen = rows) => integers(chosen.flatMap((row) => row.slice(start, end)), [chosen.length, end - start]);

// Media tokens that need no encoder: a fixed wave.
function media(count) {
  const wave = (row) => Float32Array.from({ length: count * modelWidth }, (_, i) => Math.sin(0.37 * i + 1.7 * row));
  return rows.map((_, row) => wave(row));
}

// One row by itself through the plain graph: all tokens at once, without padding.
async function plainLogits(session, row, tokens, count) {
  const empty = Object.fromEntries([...names('past_key_values', 'decoder'), ...names('past_key_values', 'encoder')]
    .map((name) => [name, floats(new Float32Array(0), [1, heads, 0, width])]));
  const { logits } = await session.run({
    ...empty, input_ids: piece(0, 5, [row]), use_cache_branch: new ort.Tensor('bool', [false], [1]),
    encoder_hidden_states: floats(tokens.slice(0, count * modelWidth), [1, count, modelWidth]),
  });
  return logits.data;
}

// Writes the new rows into the cache, as a host does.
function keep(cache, fresh, start, count) {
  for (let line = 0; line < rows.length * heads; line++) {
    cache.data.set(fresh.data.subarray(line * count * width, (line + 1) * count * width), (line * capacity + start) * width);
  }
}

async function servingLogits(crossSession, session, tokens, cuts) {
  const joined = Float32Array.from(tokens.flatMap((row) => [...row]));
  const longest = joined.length / rows.length / modelWidth;
  const cross = await crossSession.run({ encoder_hidden_states: floats(joined, [rows.length, longest, modelWidth]) });
  const feeds = { encoder_lengths: integers(lengths, [rows.length]) };
  names('present', 'encoder').forEach((name) => { feeds[name.replace('present', 'past_key_values')] = cross[name]; });
  // What a cache holds beyond its valid rows must not matter, so it starts full of something.
  names('past_key_values', 'decoder').forEach((name) => {
    feeds[name] = floats(new Float32Array(rows.length * heads * capacity * width).fill(0.3), [rows.length, heads, capacity, width]);
  });
  const logits = rows.map(() => []);
  for (let i = 0; i + 1 < cuts.length; i++) {
    const [start, end] = [cuts[i], cuts[i + 1]];
    const out = await session.run({ ...feeds, input_ids: piece(start, end), past_lengths: integers(rows.map(() => start), [rows.length]) });
    names('present', 'decoder').forEach((name) => keep(feeds[name.replace('present', 'past_key_values')], out[name], start, end - start));
    const size = (end - start) * vocabulary;
    rows.forEach((_, row) => logits[row].push(...out.logits.data.subarray(row * size, (row + 1) * size)));
  }
  return logits;
}

test('serving and plain decoder give equal logits', async () => {
  const tokens = media(Math.max(...lengths));
  const [plain, cross, serving] = await Promise.all(['decoder_model_merged', 'decoder_cross_kv', 'decoder_model_serving'].map(load));
  const expected = await Promise.all(rows.map((row, i) => plainLogits(plain, row, tokens[i], lengths[i])));
  for (const cuts of [[0, 5], [0, 2, 3, 5], [0, 1, 2, 3, 4, 5]]) {
    const got = await servingLogits(cross, serving, tokens, cuts);
    got.forEach((row, i) => row.forEach((value, j) => assert.ok(Math.abs(value - expected[i][j]) < tolerance, `row ${i}, ${j}, cuts ${cuts}`)));
  }
});

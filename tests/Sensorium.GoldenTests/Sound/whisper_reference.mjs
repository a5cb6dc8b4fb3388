// Writes whisper_reference.json: what WhisperFeatureExtractor of @huggingface/transformers (npm) makes of waveforms that a
// formula draws. The C# test draws the same ones; some of the numbers are stored, evenly chosen.
// Run it where that package is installed: node whisper_reference.mjs [folder that holds node_modules]
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const folder = process.argv[2] ?? process.cwd();
const require = createRequire(pathToFileURL(join(folder, 'package.json')));
const { WhisperFeatureExtractor } = await import(pathToFileURL(require.resolve('@huggingface/transformers')));
const version = JSON.parse(readFileSync(join(folder, 'node_modules/@huggingface/transformers/package.json'))).version;

// 16-bit samples in integers, so that every language draws the same: a rising tone of triangles, a hum, and noise that
// comes and goes.
function draw(length) {
  const samples = new Float32Array(length);
  for (let n = 0; n < length; n++) {
    const phase = Math.floor((n * n) / 900) % 400;
    const tone = Math.abs(phase - 200) * 60 - 6000;
    const hum = (Math.abs((n % 146) - 73) - 36) * 90;
    const noise = (((n * 7919 + (n * n) % 104729) % 6101) - 3050) * (Math.floor(n / 4000) % 3);
    samples[n] = (tone + hum + noise) / 32768;
  }
  return samples;
}

const base = { feature_extractor_type: 'WhisperFeatureExtractor', feature_size: 80, sampling_rate: 16000, hop_length: 160, n_fft: 400, padding_value: 0.0, nb_max_frames: 500, chunk_length: 5, n_samples: 80000 };
const cases = [
  { name: 'full window', length: 80000, config: base },
  { name: 'padded', length: 20801, config: base },
  { name: 'one sample', length: 1, config: base },
  { name: 'whisper large v3', length: 480000, config: { ...base, feature_size: 128, nb_max_frames: 3000, chunk_length: 30, n_samples: 480000 } },
];

const result = { transformers: version, cases: [] };
for (const { name, length, config } of cases) {
  const extractor = new WhisperFeatureExtractor({ ...config });
  const { input_features } = await extractor(draw(length));
  const stride = length > 80000 ? 977 : 61;
  const values = [];
  for (let i = 0; i < input_features.data.length; i += stride) values.push(Math.fround(input_features.data[i]));
  result.cases.push({ name, length, mels: config.feature_size, frames: input_features.dims[2], n_samples: config.n_samples, stride, values: values.map((v) => Number(v.toPrecision(8))) });
}
writeFileSync(new URL('whisper_reference.json', import.meta.url), JSON.stringify(result) + '\n');
console.log(result.cases.map((c) => `${c.name}: ${c.mels} x ${c.frames}, ${c.values.length} stored`).join('\n'));

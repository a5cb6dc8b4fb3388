// Runs each example once against a running gateway: its address is $SENSORIUM_ADDRESS, the samples are in $SENSORIUM_SAMPLES, and a
// model of speech is served as $SENSORIUM_SPEECH_MODEL.
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, test } from 'node:test';
import * as example from './operations.mjs';
import { connect } from './first-five-calls.mjs';

const service = connect(process.env.SENSORIUM_ADDRESS);
const sample = (name) => example.fileOf(path.join(process.env.SENSORIUM_SAMPLES, name));
const [picture, sound] = [await sample('dandelion.jpg'), await sample('clock.wav')];
const speech = process.env.SENSORIUM_SPEECH_MODEL ?? 'tiny-whisper';
after(() => service.close());

test('compare', async () => {
  const [shown, heard] = await example.compare(service, [picture, sound], [example.words('a flower'), example.words('a clock ticking')]);
  assert.ok(shown[0] > shown[1] && heard[1] > heard[0]);
});

test('classify', async () => {
  const scores = await example.classify(service, picture, ['a football match', 'a flower']);
  assert.equal(scores[0][0], 'a flower');
  assert.ok(Math.abs(scores.reduce((sum, [, score]) => sum + score, 0) - 1) < 1e-4);
});

test('index and search', async () => {
  try {
    const outcomes = await example.index(service, 'node-example', [picture, sound]);
    assert.deepEqual(outcomes, { 'dandelion.jpg': 'INDEX_OUTCOME_ADDED', 'clock.wav': 'INDEX_OUTCOME_ADDED' });
    assert.equal((await example.search(service, 'node-example', example.words('a clock ticking')))[0][0], 'clock.wav');
  } finally {
    await example.drop(service, 'node-example');
  }
});

test('transcribe', async () => {
  const segments = await example.transcribe(service, sound, { language: 'en', model: speech });
  assert.ok(segments.length > 0 && segments.every(([start]) => start >= 0 && start <= 5.5));
});

test('chat', async () => {
  assert.ok((await example.chat(service, [picture], { model: 'sensorium-mini' })).trim().length > 0);
});

test('explain', async () => {
  const rows = await example.explain(service, picture, 'a flower');
  assert.deepEqual(rows.map((row) => row.length), [3, 3, 3]);
  assert.ok(rows.flat().some((weight) => weight !== 0));
});

test('decide', async () => {
  const { choice, probabilities } = await example.decide(service, [picture], 'What is in the picture?', ['a football match', 'a flower']);
  assert.equal(choice, 'a flower');
  assert.ok(Math.abs(Object.values(probabilities).reduce((sum, one) => sum + one, 0) - 1) < 1e-4);
});

test('live', async () => {
  const told = await example.live(service, [[1.5, picture.data]], ['a meadow of flowers']);
  assert.ok(told.some(([kind, words]) => kind === 'alert' && words === 'a meadow of flowers'));
  assert.ok(told.some(([kind, words]) => kind === 'caption' && words.length > 0));
});

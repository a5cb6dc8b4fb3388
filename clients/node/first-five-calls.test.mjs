// Checks the example against a running gateway: its address is $SENSORIUM_ADDRESS, the samples are in $SENSORIUM_SAMPLES.
import assert from 'node:assert/strict';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import grpc from '@grpc/grpc-js';
import { caption, connect, cosine, embed, reasonOf, status, upload } from './first-five-calls.mjs';

const service = connect(process.env.SENSORIUM_ADDRESS);
const samplePath = (name) => path.join(process.env.SENSORIUM_SAMPLES, name);
const sample = async (name) => ({ item_id: name, data: await readFile(samplePath(name)) });
after(() => service.close());

test('status lists every service as ready', async () => {
  const { services } = await status(service);
  const ready = Object.fromEntries(services.map((s) => [s.name, s.ready]));
  for (const name of ['text', 'vision', 'audio', 'video', 'generation']) {
    assert.equal(ready[name], true, name);
  }
});

test('a picture is nearer to what it shows', async () => {
  const [picture, flower, football] = await embed(
    service, await sample('dandelion.jpg'), { item_id: 'a', text: 'a flower' }, { item_id: 'b', text: 'a football match' });
  assert.ok(Math.abs(cosine(picture, picture) - 1) < 1e-4);
  assert.ok(cosine(picture, flower) > cosine(picture, football));
});

test('captions stream and end with the whole text', async () => {
  for (const name of ['dandelion.jpg', 'clock.wav', 'camera.mp4']) {
    const pieces = [];
    const text = await caption(service, [await sample(name)], (piece) => pieces.push(piece));
    assert.ok(pieces.length > 1, name);
    assert.equal(pieces.join(''), text, name);
  }
});

test('a large file is uploaded and captioned by reference', async () => {
  const ref = await upload(service, samplePath('long-rain.wav'));
  assert.equal(ref.size_bytes, (await stat(samplePath('long-rain.wav'))).size);
  assert.match(await caption(service, [{ ref }]), /rain/);
});

test('an error has a reason', async () => {
  const broken = { data: Buffer.from('this is no picture'), modality: 'MODALITY_IMAGE' };
  await assert.rejects(caption(service, [broken]), (error) => {
    assert.equal(error.code, grpc.status.INVALID_ARGUMENT);
    assert.match(reasonOf(error), /^[A-Z_]+$/);
    return true;
  });
});

// The shipped pack in another runtime: @huggingface/transformers reads it as it reads any export of these families.
import assert from 'node:assert/strict';
import test from 'node:test';
import { fileURLToPath } from 'node:url';
import {
  AutoProcessor, AutoTokenizer, CLIPTextModelWithProjection, CLIPVisionModelWithProjection, RawImage, env, pipeline,
} from '@huggingface/transformers';

env.allowRemoteModels = false;
env.localModelPath = fileURLToPath(new URL('../sensorium-mini/', import.meta.url));

// A picture that needs no file: grass below, sky above, something brown between them.
function scene(side = 208) {
  const pixels = new Uint8ClampedArray(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const near = (x - side / 2) ** 2 + (y - side * 0.6) ** 2 < (side / 6) ** 2;
      pixels.set(near ? [110, 70, 40] : y > side / 2 ? [60, 130, 50] : [150, 190, 230], (y * side + x) * 3);
    }
  }
  return new RawImage(pixels, side, side, 3);
}

test('image-to-text gives a sentence', async () => {
  const captioner = await pipeline('image-to-text', 'captioner', { dtype: 'fp32' });
  const [{ generated_text: caption }] = await captioner(scene());
  assert.match(caption, /^[a-z][a-z' ,-]+$/);
  assert.ok(caption.split(' ').length >= 3, caption);
});

test('text and picture vectors share one space', async () => {
  const tokenizer = await AutoTokenizer.from_pretrained('clip');
  const texts = await CLIPTextModelWithProjection.from_pretrained('clip', { dtype: 'fp32' });
  const pictures = await CLIPVisionModelWithProjection.from_pretrained('clip', { dtype: 'fp32' });
  const processor = await AutoProcessor.from_pretrained('clip');
  const { text_embeds: text } = await texts(tokenizer(['a dog on the grass', 'a city street'], { padding: true }));
  const { image_embeds: picture } = await pictures(await processor(scene()));
  assert.equal(text.dims[1], picture.dims[1]);
  for (const vector of [...text.tolist(), ...picture.tolist()]) {
    assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-3);
  }
});

test('padding does not change a text', async () => {
  const tokenizer = await AutoTokenizer.from_pretrained('clip');
  const model = await CLIPTextModelWithProjection.from_pretrained('clip', { dtype: 'fp32' });
  const alone = (await model(tokenizer('a dog'))).text_embeds.tolist()[0];
  const batch = (await model(tokenizer(['a dog', 'a man rides a bicycle down a hill'], { padding: true }))).text_embeds;
  batch.tolist()[0].forEach((value, i) => assert.ok(Math.abs(value - alone[i]) < 1e-4));
});

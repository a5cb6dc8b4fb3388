// Ollama's own client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ollama } from 'ollama';
import { base64, cosine, http, model } from './common.mjs';

const client = new Ollama({ host: http });
const greedy = { temperature: 0 };

test('Ollama: models are listed and shown', async () => {
  assert.match((await client.version()).version, /^\d+\./);
  assert.ok((await client.list()).models.some(({ name }) => name === model));
  assert.ok((await client.ps()).models.every(({ size }) => size >= 0));
  assert.ok((await client.show({ model })).capabilities.includes('embedding'));
});

test('Ollama: texts and pictures are embedded into one space', async () => {
  const { embeddings } = await client.embed({ model, input: [{ image: await base64('dandelion.jpg') }, 'a flower', 'a football match'] });
  assert.ok(cosine(embeddings[0], embeddings[1]) > cosine(embeddings[0], embeddings[2]));
  const { embedding } = await client.embeddings({ model, prompt: 'a flower' });
  assert.ok(cosine(embedding, embeddings[1]) > 0.999);
});

test('Ollama: a picture is answered at once and line by line', async () => {
  const messages = [{ role: 'user', content: '', images: [await base64('dandelion.jpg')] }];
  const whole = await client.chat({ model, messages, options: greedy });
  assert.ok(whole.message.content.length > 0 && whole.done);
  let text = '';
  for await (const piece of await client.chat({ model, messages, options: greedy, stream: true })) {
    text += piece.message.content;
  }
  assert.equal(text, whole.message.content);
  const { response, done_reason: reason } = await client.generate({ model, prompt: '', images: messages[0].images, options: { ...greedy, num_predict: 2 } });
  assert.ok(whole.message.content.startsWith(response));
  assert.equal(reason, 'length');
});

test('Ollama: refusals are the errors that the client knows', async () => {
  await assert.rejects(client.embed({ model: 'llama9', input: 'x' }), { name: 'ResponseError', status_code: 404 });
  await assert.rejects(client.generate({ model, prompt: 'x', format: 'json' }), { name: 'ResponseError', status_code: 400, message: /format/ });
});

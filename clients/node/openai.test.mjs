// Drives POST /v1/embeddings with OpenAI's own client. The gateway's HTTP port is in $SENSORIUM_HTTP, the samples are in $SENSORIUM_SAMPLES.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { test } from 'node:test';
import OpenAI from 'openai';

const connect = (prefix) => new OpenAI({ apiKey: 'any', baseURL: `${process.env.SENSORIUM_HTTP}${prefix}`, maxRetries: 0 });
const client = connect('/v1');
const model = 'sensorium-mini';
const cosine = (left, right) => left.reduce((sum, value, i) => sum + value * right[i], 0);
const picture = async (name) =>
  `data:image/jpeg;base64,${(await readFile(path.join(process.env.SENSORIUM_SAMPLES, name))).toString('base64')}`;

test('models are listed under both prefixes', async () => {
  for (const prefix of ['/v1', '/openai/v1']) {
    const ids = [];
    for await (const { id } of connect(prefix).models.list()) {
      ids.push(id);
    }
    assert.ok(ids.includes(model), prefix);
  }
  assert.equal((await client.models.retrieve(model)).id, model);
});

test('a picture is nearer to what it shows', async () => {
  const input = [await picture('dandelion.jpg'), 'a flower', 'a football match'];
  const { data, usage } = await client.embeddings.create({ model, input });
  const [shown, flower, football] = data.map(({ embedding }) => embedding);
  assert.ok(Math.abs(cosine(shown, shown) - 1) < 1e-3);
  assert.ok(cosine(shown, flower) > cosine(shown, football));
  assert.ok(usage.total_tokens > 0);
});

test('numbers and base64, which the client asks for by itself, are the same', async () => {
  const numbers = await client.embeddings.create({ model, input: 'a dog', encoding_format: 'float', dimensions: 16 });
  const decoded = await client.embeddings.create({ model, input: 'a dog', dimensions: 16 });
  assert.equal(decoded.data[0].embedding.length, 16);
  assert.ok(Math.abs(cosine(numbers.data[0].embedding, decoded.data[0].embedding) - 1) < 1e-3);
});

test('refusals are the errors that the client knows', async () => {
  await assert.rejects(client.embeddings.create({ model: 'gpt-9', input: 'x' }), (error) => {
    assert.ok(error instanceof OpenAI.NotFoundError);
    assert.equal(error.code, 'model_not_found');
    return true;
  });
  await assert.rejects(client.embeddings.create({ model, input: [] }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'input');
    return true;
  });
});

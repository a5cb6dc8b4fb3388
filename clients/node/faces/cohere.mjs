// Cohere's own client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CohereClientV2, CohereError } from 'cohere-ai';
import { cosine, http, model, picture } from './common.mjs';

const client = new CohereClientV2({ token: 'any', environment: http, maxRetries: 0 });

test('Cohere: texts and pictures are embedded into one space', async () => {
  const texts = await client.embed({ model, texts: ['a flower', 'a football match'], inputType: 'search_query', embeddingTypes: ['float', 'int8', 'ubinary'] });
  const images = await client.embed({ model, images: [await picture('dandelion.jpg')], inputType: 'image', embeddingTypes: ['float'] });
  const [flower, football] = texts.embeddings.float;
  assert.ok(cosine(images.embeddings.float[0], flower) > cosine(images.embeddings.float[0], football));
  assert.ok(cosine(texts.embeddings.int8[0], flower) > 0.99);
  assert.equal(texts.embeddings.ubinary[0].length * 8, flower.length);
  assert.equal(images.meta.billedUnits.images, 1);
});

test('Cohere: documents are ordered', async () => {
  const { results } = await client.rerank({ model: 'tiny-cross-encoder', query: 'a dog', documents: ['one', 'two', 'three'], topN: 2 });
  assert.equal(results.length, 2);
  assert.ok(results[0].relevanceScore >= results[1].relevanceScore);
});

test('Cohere: refusals are the errors that the client knows', async () => {
  const refused = (request, status) => assert.rejects(client.embed(request), (error) => error instanceof CohereError && error.statusCode === status);
  await refused({ model: 'embed-v9', texts: ['x'], inputType: 'search_query', embeddingTypes: ['float'] }, 404);
  await refused({ model, texts: [], inputType: 'search_query', embeddingTypes: ['float'] }, 400);
});

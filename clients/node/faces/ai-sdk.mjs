// Vercel's AI SDK, through its provider for servers that speak OpenAI's API.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { APICallError, embedMany, generateText, streamText } from 'ai';
import { base64, cosine, http } from './common.mjs';

const provider = createOpenAICompatible({ name: 'sensorium', baseURL: `${http}/v1`, apiKey: 'none', includeUsage: true });
const model = 'sensorium-mini';
const question = async (more) => ({
  model: provider(model),
  temperature: 0,
  maxRetries: 0,
  messages: [{ role: 'user', content: [{ type: 'file', data: await base64('dandelion.jpg'), mediaType: 'image/jpeg' }] }],
  ...more,
});

test('AI SDK: texts are embedded', async () => {
  const { embeddings, usage } = await embedMany({ model: provider.embeddingModel(model), values: ['a flower', 'a flower', 'a football match'] });
  assert.ok(cosine(embeddings[0], embeddings[1]) > 0.999 && cosine(embeddings[0], embeddings[2]) < 0.999);
  assert.ok(usage.tokens > 0);
});

test('AI SDK: a picture is answered, at once and as the words come', async () => {
  const whole = await generateText(await question());
  assert.ok(whole.text.length > 0);
  assert.equal(whole.finishReason, 'stop');
  assert.ok(whole.usage.outputTokens > 0);

  const streamed = streamText(await question());
  const pieces = [];
  for await (const piece of streamed.textStream) {
    pieces.push(piece);
  }
  assert.ok(pieces.length > 1);
  assert.equal(pieces.join(''), whole.text);
  assert.equal((await streamed.usage).outputTokens, whole.usage.outputTokens);
});

test('AI SDK: what cannot be done is an error of the API', async () => {
  await assert.rejects(generateText(await question({ frequencyPenalty: 1 })), (error) => {
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 400);
    assert.match(error.message, /frequency_penalty/);
    return true;
  });
});

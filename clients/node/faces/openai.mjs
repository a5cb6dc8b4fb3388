// OpenAI's own client.
import assert from 'node:assert/strict';
import { createReadStream } from 'node:fs';
import { test } from 'node:test';
import OpenAI from 'openai';
import { base64, cosine, http, model, picture, samplePath } from './common.mjs';

const connect = (prefix) => new OpenAI({ apiKey: 'any', baseURL: `${http}${prefix}`, maxRetries: 0 });
const client = connect('/v1');
const speech = 'tiny-whisper';
const collect = async (stream) => {
  const events = [];
  for await (const event of stream) {
    events.push(event);
  }
  return events;
};

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

test('decisions compare words with choices, typed as they were asked', async () => {
  const questions = [
    { type: 'choice', name: 'kind', instructions: 'What is it?', choices: [{ value: 'a dog' }, { value: false, description: 'rain' }] },
    { type: 'score', instructions: 'How wet?', levels: [{ label: 'dry', description: 'a dog' }, { label: 'wet', description: 'rain' }] },
    { type: 'predicate', instructions: 'a dog' },
  ];
  const { answers, model: answered, usage } = await client.decisions.create({ model, input: 'a dog', questions });
  assert.equal(answered, model);
  assert.deepEqual(answers.map(({ type, name }) => [type, name]), [['choice', 'kind'], ['score', null], ['predicate', null]]);
  assert.equal(answers[0].choice, 'a dog');
  assert.deepEqual(answers[0].probabilities.map(({ value }) => value), ['a dog', false]);
  assert.deepEqual(answers[1].probabilities.map(({ label, value }) => [label, value]), [['dry', 0], ['wet', 1]]);
  assert.ok(answers[1].score < 0.5 && answers[2].probability > 0.5);
  assert.ok(usage.total_tokens > 0);
});

test('a decision without anything to go by is refused, and a wrong question is an error', async () => {
  const questions = [{ type: 'predicate', instructions: 'It is ill.' }];
  const input = [{ role: 'user', content: [{ type: 'input_json', data: { age: 5 } }] }];
  assert.deepEqual((await client.decisions.create({ model, input, questions })).answers.map(({ type }) => type), ['refusal']);
  await assert.rejects(client.decisions.create({ model, input: 'x', questions: [{ type: 'choice', instructions: '?', choices: [] }] }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, 'INVALID_QUESTION');
    assert.equal(error.param, 'questions[0].choices');
    return true;
  });
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

test('content objects are embedded as what they are', async () => {
  const content = (part) => ({ content: [part] });
  const { data } = await client.embeddings.create({
    model,
    input: [
      content({ type: 'image_url', image_url: { url: await picture('dandelion.jpg') } }),
      content({ type: 'input_audio', input_audio: { data: await base64('clock.wav'), format: 'wav' } }),
      'data:image/jpeg;base64,' + (await base64('dandelion.jpg')),
    ],
  });
  const [shown, heard, again] = data.map(({ embedding }) => embedding);
  assert.ok(Math.abs(cosine(shown, again) - 1) < 1e-3);
  assert.ok(cosine(shown, heard) < 0.9);
});

const question = async (more) => ({
  model,
  temperature: 0,
  messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url: await picture('dandelion.jpg') } }] }],
  ...more,
});

test('a picture is answered in words, at once and as they come', async () => {
  const whole = await client.chat.completions.create(await question({ logprobs: true }));
  const [{ message, finish_reason: reason, logprobs }] = whole.choices;
  assert.ok(message.content.length > 0);
  assert.equal(reason, 'stop');
  assert.ok(logprobs.content.every(({ logprob }) => logprob <= 0));
  assert.equal(whole.usage.total_tokens, whole.usage.prompt_tokens + whole.usage.completion_tokens);

  const chunks = await collect(await client.chat.completions.create(await question({ stream: true, stream_options: { include_usage: true } })));
  assert.equal(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join(''), message.content);
  assert.deepEqual(chunks.at(-1).usage, whole.usage);
});

test('a longest answer that no model here writes, and what ends an answer, are no errors', async () => {
  const [{ message: whole }] = (await client.chat.completions.create(await question({ max_completion_tokens: 4096 }))).choices;
  const words = whole.content.split(' ');
  const ended = await client.chat.completions.create(await question({ stop: [` ${words[2]}`, 'never said'] }));
  assert.equal(ended.choices[0].message.content, words.slice(0, 2).join(' '));
  assert.equal(ended.choices[0].finish_reason, 'stop');
});

test('several choices are drawn, the same for the same seed', async () => {
  const draw = async () =>
    (await client.chat.completions.create(await question({ temperature: 1, seed: 7, n: 3, max_tokens: 6 }))).choices.map((c) => c.message.content);
  const drawn = await draw();
  assert.equal(drawn.length, 3);
  assert.deepEqual(await draw(), drawn);
});

test('responses are told at once and as typed events', async () => {
  const request = { model, temperature: 0, input: [{ role: 'user', content: [{ type: 'input_image', image_url: await picture('dandelion.jpg') }] }] };
  const whole = await client.responses.create(request);
  assert.equal(whole.status, 'completed');
  assert.ok(whole.output_text.length > 0);
  const events = await collect(await client.responses.create({ ...request, stream: true }));
  assert.equal(events.filter(({ type }) => type === 'response.output_text.delta').map(({ delta }) => delta).join(''), whole.output_text);
  assert.equal(events.at(-1).type, 'response.completed');
});

test('speech is written down in every format', async () => {
  const ask = (more) => client.audio.transcriptions.create({ model: speech, file: createReadStream(samplePath('clock.wav')), language: 'en', ...more });
  const { text } = await ask();
  assert.equal((await ask({ response_format: 'text' })).trim(), text);
  assert.match(await ask({ response_format: 'srt' }), /^1\n00:00:/);
  assert.match(await ask({ response_format: 'vtt' }), /^WEBVTT/);
  const verbose = await ask({ response_format: 'verbose_json', timestamp_granularities: ['word', 'segment'] });
  assert.ok(Math.abs(verbose.duration - 5) < 0.2);
  assert.ok(verbose.segments.length > 0 && Array.isArray(verbose.words));
  const events = await collect(await ask({ stream: true }));
  assert.equal(events.at(-1).type, 'transcript.text.done');
  assert.equal(events.at(-1).text, text);
});

test('speech is translated', async () => {
  const { text } = await client.audio.translations.create({ model: speech, file: createReadStream(samplePath('clock.wav')) });
  assert.equal(typeof text, 'string');
});

test('what cannot be done is a bad request that names the field', async () => {
  await assert.rejects(question({ tools: [{ type: 'function', function: { name: 'f' } }] }).then((q) => client.chat.completions.create(q)), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'tools');
    return true;
  });
});

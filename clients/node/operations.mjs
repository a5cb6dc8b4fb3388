#!/usr/bin/env node
// Each main operation once: caption, embed, compare, classify, index and search, transcribe, chat, explain, decide, live.
// usage: operations.mjs [ADDRESS [FOLDER OF SAMPLES]]
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { caption, connect, cosine, embed } from './first-five-calls.mjs';

const deadline = () => ({ deadline: Date.now() + 120_000 });

function unary(service, method, request) {
  return new Promise((resolve, reject) => {
    service[method](request, deadline(), (error, response) => (error ? reject(error) : resolve(response)));
  });
}

export const fileOf = async (file) => ({ item_id: path.basename(file), data: await readFile(file) });
export const words = (text) => ({ item_id: text, text });

const floatsOf = ({ data }) => Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i));

function rowsOf(numbers, width) {
  return Array.from({ length: numbers.length / width }, (_, row) => numbers.slice(row * width, (row + 1) * width));
}

function unlessFailed(result) {
  if (result.error) {
    throw new Error(`${result.error.reason}: ${result.error.message}`);
  }
  return result;
}

// How alike each of the left is to each of the right, from -1 to 1.
export async function compare(service, left, right) {
  const { similarities } = await unary(service, 'Compare', { left, right });
  return rowsOf(floatsOf(similarities), right.length);
}

// Labels in words with their scores, best first.
export async function classify(service, medium, labels) {
  const { results } = await unary(service, 'Classify', { items: [medium], labels: labels.map((name) => ({ name })) });
  return unlessFailed(results[0]).classification.scores.map(({ label, score }) => [label, score]);
}

// Puts media into a collection, which is made if there is none, and answers what became of each.
export async function index(service, collection, media) {
  const call = service.Index(deadline());
  call.write({ header: { collection, create: true } });
  for (const medium of media) {
    call.write({ item: { id: medium.item_id, media: medium } });
  }
  call.end();
  const outcomes = {};
  for await (const { item } of call) {
    if (item) {
      outcomes[item.id] = item.outcome;
    }
  }
  return outcomes;
}

// The items that are most like a query in words, or a medium.
export async function search(service, collection, query, count = 3) {
  const { hits } = await unary(service, 'Search', { collection, queries: [{ media: query }], page_size: count });
  return hits.map(({ item, score }) => [item.id, score]);
}

export const drop = (service, name) => unary(service, 'Collections', { drop: { name } });

// What is said, with the second that each segment begins at. Needs a model of speech.
export async function transcribe(service, media, { language = '', model = '' } = {}) {
  const segments = [];
  for await (const { event } of service.Transcribe({ media, model: { id: model }, parameters: { language } }, deadline())) {
    if (event.segment) {
      const { seconds, nanos } = event.segment.range.start;
      segments.push([seconds + nanos / 1e9, event.segment.text]);
    }
  }
  return segments;
}

// Answers one message of words and media.
export async function chat(service, parts, { model = '' } = {}) {
  const message = { role: 'CHAT_ROLE_USER', parts: parts.map((part) => (typeof part === 'string' ? { text: part } : { media: part })) };
  for await (const { event } of service.Generate({ model: { id: model }, messages: [message] }, deadline())) {
    if (event.finished) {
      return event.finished.text;
    }
  }
  throw new Error('the answer ended before it was finished');
}

// Which cells of a picture carry its likeness to a text: rows of weights.
export async function explain(service, media, text, grid = 3) {
  const { explanations } = await unary(service, 'Explain', { media, similar_to: words(text), grid });
  return rowsOf(explanations[0].weights, explanations[0].grid.columns);
}

// A choice in words about a case of media, with the probability of each.
export async function decide(service, media, question, choices) {
  const choice = { choices: choices.map((value) => ({ value })) };
  const { results } = await unary(service, 'Decide', { cases: [{ media }], questions: [{ name: 'question', instructions: question, choice }] });
  const [answer] = unlessFailed(results[0]).decision.answers;
  return { choice: answer.choice, probabilities: Object.fromEntries(answer.probabilities.map(({ value, probability }) => [value, probability])) };
}

// What is noticed of frames, pairs of a second and a picture, while they come in: each with its kind and its words.
export async function live(service, frames, watch) {
  const call = service.Live(deadline());
  call.write({ header: { watch: watch.map((name) => ({ name })), captions: {} } });
  for (const [second, data] of frames) {
    call.write({ frame: { time: { seconds: Math.floor(second), nanos: Math.round((second % 1) * 1e9) }, data } });
  }
  call.end();
  const told = [];
  for await (const { event } of call) {
    if (event.caption || event.alert) {
      told.push(event.caption ? ['caption', event.caption.text] : ['alert', event.alert.name]);
    }
  }
  return told;
}

async function main([address = '127.0.0.1:7070', samples = '.cache/samples']) {
  const service = connect(address);
  const picture = await fileOf(path.join(samples, 'dandelion.jpg'));
  const sound = await fileOf(path.join(samples, 'clock.wav'));

  console.log('caption:', await caption(service, [picture]));
  const [shown, flower] = await embed(service, picture, words('a flower'));
  console.log(`embed: ${shown.length} numbers, ${cosine(shown, flower).toFixed(3)} alike`);
  console.log('compare:', await compare(service, [picture, sound], [words('a flower'), words('a clock ticking')]));
  console.log('classify:', await classify(service, picture, ['a flower', 'a football match']));
  console.log('index:', await index(service, 'example', [picture, sound]));
  console.log('search:', await search(service, 'example', words('a clock ticking')));
  await drop(service, 'example');
  console.log('chat:', await chat(service, ['What is this?', picture]));
  console.log('explain:', await explain(service, picture, 'a flower'));
  console.log('decide:', await decide(service, [picture], 'What is in the picture?', ['a flower', 'a football match']));
  console.log('live:', await live(service, [[0, picture.data]], ['a meadow of flowers']));
  service.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}

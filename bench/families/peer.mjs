// The peer of ./bench.sh families: answers the questions of tests/tiny-models from the same folders with @huggingface/transformers.
// Start: node peer.mjs --work DIR --threads N --port N. POST /ask {model, task, question} answers what the task's file answers.
// What a task loads is loaded once: a server would do so too.
import { existsSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { work: { type: 'string' }, threads: { type: 'string' }, port: { type: 'string' } } });
// The packages of the other benchmark, or else those of the tests.
const packages = ['../peers/node', '../../models/tests'].find((folder) => existsSync(here(`${folder}/node_modules`)));
const require = createRequire(here(`${packages}/package.json`));
const library = await import(pathToFileURL(require.resolve('@huggingface/transformers')));
const { mediaOf } = await import(pathToFileURL(here('../../tests/tiny-models/media.mjs')));
const folders = [here('../../tests/tiny-models/tasks'), here('tasks')];

library.env.allowRemoteModels = false;
library.env.localModelPath = join(resolve(values.work), 'models');
const session_options = { intraOpNumThreads: Number(values.threads), interOpNumThreads: 1 };
const media = mediaOf(library, join(resolve(values.work), 'media'));

const loaded = new Map();
const once = (key, load) => {
  if (!loaded.has(key)) loaded.set(key, load());
  return loaded.get(key);
};
const loader = (kind, name) => new Proxy(kind, {
  get: (target, property) => property !== 'from_pretrained'
    ? Reflect.get(target, property)
    : (model, options = {}) => once(`${name} ${model} ${JSON.stringify(options)}`, () => target.from_pretrained(model, { session_options, ...options })),
});
const transformers = new Proxy(library, {
  get: (target, name) => {
    if (name === 'pipeline') {
      return (task, model, options = {}) => once(`${task} ${model}`, () => target.pipeline(task, model, { session_options, ...options }));
    }
    const member = target[name];
    return typeof member === 'function' && typeof member.from_pretrained === 'function' ? loader(member, name) : member;
  },
});

async function ask({ model, task, question }) {
  const folder = folders.find((candidate) => existsSync(join(candidate, `${task}.mjs`)));
  const { default: run } = await once(task, () => import(pathToFileURL(join(folder, `${task}.mjs`))));
  return run(transformers, model, question, media);
}

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const server = http.createServer(async (request, response) => {
  try {
    const body = await read(request);
    if (request.url === '/forget') loaded.clear();
    const answer = request.url === '/ask' ? await ask(JSON.parse(body)) : {};
    response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end(String(error));
  }
});
server.listen(Number(values.port), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));

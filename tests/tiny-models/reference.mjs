// Asks @huggingface/transformers what make.py wrote down to ask, from the same folders, and writes its answers beside them.
// usage: node reference.mjs OUT [ID...]
// A task is one file of tasks/ whose default export takes the library, the model's id, the question and what reads media.
import { mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { mediaOf } from './media.mjs';

const packages = fileURLToPath(new URL('../../models/tests/', import.meta.url));
const require = createRequire(join(packages, 'package.json'));
const transformers = await import(pathToFileURL(require.resolve('@huggingface/transformers')));

const [out, ...only] = process.argv.slice(2);
const root = resolve(out);
transformers.env.allowRemoteModels = false;
transformers.env.localModelPath = join(root, 'models');
const media = mediaOf(transformers, join(root, 'media'));
mkdirSync(join(root, 'references'), { recursive: true });

for (const file of readdirSync(join(root, 'questions')).sort()) {
  const { model, task, question } = JSON.parse(readFileSync(join(root, 'questions', file)));
  if (only.length > 0 && !only.includes(model)) continue;
  const { default: ask } = await import(new URL(`tasks/${task}.mjs`, import.meta.url));
  const answer = await ask(transformers, model, question, media);
  writeFileSync(join(root, 'references', file), JSON.stringify({ model, task, question, answer }) + '\n');
  console.log(`${model}: ${Object.keys(answer).join(', ')}`);
}

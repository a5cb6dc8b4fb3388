// The Node peer: the same model pack behind node:http, written as a user of transformers.js would write it.
// Start: node server.mjs --pack DIR --threads N [--dtype FORMAT, of the graph that embeds]. Prints "listening on PORT" when it has warmed up.
//
// Two ways of use, both offered to the load generator:
//   concurrent  one picture per request: /embed, /caption, /decode
//   batched     the caller collects an array first: /embed-batch, /caption-batch, /decode-batch
import http from 'node:http';
import { parseArgs } from 'node:util';
import sharp from 'sharp';
import * as captioning from './captioning.mjs';
import * as embedding from './embedding.mjs';
import { splitPictures } from './pictures.mjs';

const { values } = parseArgs({
  options: {
    pack: { type: 'string' },
    threads: { type: 'string', default: '1' },
    dtype: { type: 'string', default: 'fp32' },
    port: { type: 'string', default: '0' },
  },
});
const threads = Number(values.threads);
sharp.concurrency(threads);
await Promise.all([embedding.load(values.pack, threads, values.dtype), captioning.load(values.pack, threads)]);

const json = (body) => ({ type: 'application/json', body: JSON.stringify(body) });
const routes = {
  '/health': async () => json({ ready: true }),
  '/embed': async (body) => json((await embedding.embed([body]))[0]),
  '/embed-batch': async (body) => json(await embedding.embed(splitPictures(body))),
  '/caption': (body, query, response) => captioning.stream(body, response),
  '/caption-batch': async (body) => json(await captioning.captions(splitPictures(body))),
  // Decoding alone: features are computed once, kept, and decoded from again and again.
  '/features': async (body) => json({ id: await captioning.keepFeatures(body) }),
  '/decode': async (_, query) => json(await captioning.decode([Number(query.get('id'))], Number(query.get('tokens')))),
  '/decode-batch': async (_, query) =>
    json(await captioning.decode(query.get('ids').split(',').map(Number), Number(query.get('tokens')))),
};

async function read(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const server = http.createServer(async (request, response) => {
  const url = new URL(request.url, 'http://localhost');
  try {
    const result = await routes[url.pathname](await read(request), url.searchParams, response);
    if (result) response.setHeader('content-type', result.type).end(result.body);
  } catch (error) {
    console.error(error);
    response.statusCode = 500;
    response.end(String(error));
  }
});
server.listen(Number(values.port), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
process.on('SIGTERM', () => process.exit(0));

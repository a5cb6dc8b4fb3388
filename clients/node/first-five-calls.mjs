#!/usr/bin/env node
// The first five calls to Sensorium, with @grpc/grpc-js and the contracts in protos/.
// usage: first-five-calls.mjs [ADDRESS [FOLDER OF SAMPLES]]
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import grpc from '@grpc/grpc-js';
import protoLoader from '@grpc/proto-loader';
import protobuf from 'protobufjs';

const clients = fileURLToPath(new URL('..', import.meta.url));
const definition = protoLoader.loadSync('sensorium/v1/sensorium.proto', {
  includeDirs: [path.join(clients, '..', 'protos')],
  keepCase: true,
  longs: Number,
  enums: String,
  defaults: true,
  oneofs: true,
});
const { SensoriumService } = grpc.loadPackageDefinition(definition).sensorium.v1;
const details = protobuf.loadSync(path.join(clients, 'protos', 'status_details.proto'));

export function connect(address) {
  return new SensoriumService(address, grpc.credentials.createInsecure(), { 'grpc.max_receive_message_length': 64 << 20 });
}

const deadline = () => ({ deadline: Date.now() + 60_000 });

function unary(service, method, request) {
  return new Promise((resolve, reject) => {
    service[method](request, deadline(), (error, response) => (error ? reject(error) : resolve(response)));
  });
}

// 1. What is served here, and is it ready?
export const status = (service) => unary(service, 'Status', {});

// 2. Vectors of one space: a picture and words can be compared. They have length 1, so the dot product is the cosine.
export async function embed(service, ...items) {
  const { results } = await unary(service, 'Embed', { items });
  return results.map((result) => {
    if (result.error) {
      throw new Error(`${result.item_id}: ${result.error.reason}: ${result.error.message}`);
    }
    const { data } = result.encoded.embedding;
    return Array.from({ length: data.length / 4 }, (_, i) => data.readFloatLE(4 * i));
  });
}

export const cosine = (left, right) => left.reduce((sum, value, i) => sum + value * right[i], 0);

// 3. Words for media, token by token. The last event repeats the whole text.
export async function caption(service, media, onText = () => {}) {
  for await (const { event } of service.Caption({ media }, deadline())) {
    if (event.delta) {
      onText(event.delta.text);
    } else if (event.finished) {
      return event.finished.text;
    }
  }
  throw new Error('the caption ended before it was finished');
}

// 4. A file that is too large for one message. The reference that comes back stands for it in later calls.
export async function upload(service, file) {
  const { size } = await stat(file);
  let call;
  const answer = new Promise((resolve, reject) => {
    call = service.Upload(deadline(), (error, response) => (error ? reject(error) : resolve(response.ref)));
  });
  call.write({ header: { size_bytes: size } });
  for await (const chunk of createReadStream(file, { highWaterMark: 256 * 1024 })) {
    if (!call.write({ chunk })) {
      await Promise.race([once(call, 'drain'), answer]);
    }
  }
  call.end();
  return answer;
}

// 5. Why did it fail? The reason is stable and meant for programs; the message is for people.
export function reasonOf(error) {
  const [value] = error.metadata?.get('grpc-status-details-bin') ?? [];
  const found = value && details.lookupType('sensorium.client.Status').decode(value).details
    .find((detail) => detail.type_url.endsWith('google.rpc.ErrorInfo'));
  return found && details.lookupType('sensorium.client.ErrorInfo').decode(found.value).reason;
}

async function main([address = '127.0.0.1:7070', samples = '.cache/samples']) {
  const service = connect(address);
  const { services } = await status(service);
  console.log('services:', services.map((s) => `${s.name} ${s.ready ? 'ready' : s.detail}`).join(', '));

  const picture = { item_id: 'picture', data: await readFile(path.join(samples, 'dandelion.jpg')) };
  const [shown, flower, football] = await embed(
    service, picture, { item_id: 'flower', text: 'a flower' }, { item_id: 'football', text: 'a football match' });
  console.log(`picture and 'a flower': ${cosine(shown, flower).toFixed(3)}, and 'a football match': ${cosine(shown, football).toFixed(3)}`);

  process.stdout.write('picture: ');
  await caption(service, [picture], (text) => process.stdout.write(text));

  const ref = await upload(service, path.join(samples, 'long-rain.wav'));
  console.log('\nlong sound:', await caption(service, [{ ref }]));

  try {
    await caption(service, [{ data: Buffer.from('this is no picture'), modality: 'MODALITY_IMAGE' }]);
  } catch (error) {
    console.log(`refused: ${grpc.status[error.code]} ${reasonOf(error)}: ${error.details}`);
  }
  service.close();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main(process.argv.slice(2));
}

// A client of the Open Inference Protocol's own contract, as @grpc/proto-loader reads it; and the same over HTTP.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { http, model, samplePath } from './common.mjs';

const proto = path.join(fileURLToPath(new URL('../../../protos', import.meta.url)), 'inference', 'inference.proto');
const { inference } = grpc.loadPackageDefinition(loader.loadSync(proto, { keepCase: true, longs: Number, defaults: true, oneofs: true }));
const client = new inference.GRPCInferenceService(process.env.SENSORIUM_ADDRESS, grpc.credentials.createInsecure());
const call = (method, request) => promisify(client[method]).call(client, request);
const numbers = Array.from({ length: 16 }, (_, i) => i);
const simple = {
  model_name: 'simple', id: 'one', outputs: [{ name: 'OUTPUT0' }, { name: 'OUTPUT1' }],
  inputs: ['INPUT0', 'INPUT1'].map((name) => ({ name, datatype: 'INT32', shape: [1, 16], contents: { int_contents: numbers } })),
};
const int32s = (buffer) => Array.from({ length: buffer.length / 4 }, (_, i) => buffer.readInt32LE(4 * i));
const texts = (buffer) => (buffer.length === 0 ? [] : [buffer.toString('utf8', 4, 4 + buffer.readUInt32LE(0)), ...texts(buffer.subarray(4 + buffer.readUInt32LE(0)))]);
after(() => client.close());

test('OIP: the server and its models tell of themselves', async () => {
  assert.equal((await call('serverLive', {})).live, true);
  assert.equal((await call('serverReady', {})).ready, true);
  assert.equal((await call('modelReady', { name: 'simple' })).ready, true);
  assert.equal((await call('modelReady', { name: 'nobody' })).ready, false);
  assert.equal((await call('serverMetadata', {})).name, 'sensorium');
  const { inputs, platform } = await call('modelMetadata', { name: 'simple' });
  assert.deepEqual([platform, inputs[0].name, inputs[0].datatype, inputs[0].shape], ['onnxruntime_onnx', 'INPUT0', 'INT32', [-1, 16]]);
  await assert.rejects(call('modelMetadata', { name: 'nobody' }), { code: grpc.status.NOT_FOUND });
});

test('OIP: a bare graph adds and subtracts, in typed and in raw contents', async () => {
  const typed = await call('modelInfer', simple);
  const raw = Buffer.from(Int32Array.from(numbers).buffer);
  const inputs = simple.inputs.map(({ contents, ...input }) => input);
  for (const answer of [typed, await call('modelInfer', { ...simple, inputs, raw_input_contents: [raw, raw] })]) {
    assert.equal(answer.id, 'one');
    assert.deepEqual(int32s(answer.raw_output_contents[0]), numbers.map((number) => 2 * number));
    assert.deepEqual(int32s(answer.raw_output_contents[1]), numbers.map(() => 0));
  }
});

test('OIP: words go in and out', async () => {
  const inputs = ['INPUT0', 'INPUT1'].map((name) => ({ name, datatype: 'BYTES', shape: [1, 16], contents: { bytes_contents: numbers.map((i) => Buffer.from(`${i}`)) } }));
  const answer = await call('modelInfer', { model_name: 'simple_string', inputs });
  assert.deepEqual(texts(answer.raw_output_contents[0]), numbers.map((i) => `${2 * i}`));
});

test('OIP: a picture is embedded and described, and its words come one by one', async () => {
  const inputs = [{ name: 'image', datatype: 'BYTES', shape: [1], contents: { bytes_contents: [await readFile(samplePath('dandelion.jpg'))] } }];
  const vector = await call('modelInfer', { model_name: model, inputs });
  assert.deepEqual([vector.outputs[0].name, vector.raw_output_contents[0].length], ['embedding', 4 * vector.outputs[0].shape[1]]);

  const stream = client.modelStreamInfer();
  stream.write({ model_name: model, inputs, outputs: [{ name: 'text' }], parameters: { triton_enable_empty_final_response: { bool_param: true } } });
  stream.end();
  const pieces = [];
  for await (const piece of stream) pieces.push(piece);
  assert.ok(pieces.length > 2 && pieces.every((piece) => piece.error_message === ''));
  assert.equal(pieces.at(-1).infer_response.parameters.triton_final_response.bool_param, true);
  const said = pieces.slice(0, -1).map((piece) => texts(piece.infer_response.raw_output_contents[0])[0]).join('');
  const [whole] = texts((await call('modelInfer', { model_name: model, inputs, outputs: [{ name: 'text' }] })).raw_output_contents[0]);
  assert.equal(said, whole);
});

test('OIP: the same over HTTP, in JSON and in bytes', async () => {
  const ask = async (body, headers = {}) => {
    const response = await fetch(`${http}/v2/models/simple/infer`, { method: 'POST', body, headers });
    assert.equal(response.status, 200);
    return response;
  };
  const inputs = simple.inputs.map(({ contents, ...input }) => ({ ...input, data: contents.int_contents }));
  const { outputs } = await (await ask(JSON.stringify({ inputs }))).json();
  assert.deepEqual(outputs[0].data, numbers.map((number) => 2 * number));

  const raw = Buffer.from(Int32Array.from(numbers).buffer);
  const json = Buffer.from(JSON.stringify({
    inputs: inputs.map(({ data, ...input }) => ({ ...input, parameters: { binary_data_size: raw.length } })), parameters: { binary_data_output: true } }));
  const binary = await ask(Buffer.concat([json, raw, raw]), { 'inference-header-content-length': `${json.length}` });
  const body = Buffer.from(await binary.arrayBuffer()).subarray(Number(binary.headers.get('inference-header-content-length')));
  assert.deepEqual(int32s(body.subarray(0, 64)), numbers.map((number) => 2 * number));
});

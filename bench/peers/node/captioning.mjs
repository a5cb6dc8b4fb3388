import { AutoModelForVision2Seq, AutoProcessor, AutoTokenizer, BaseStreamer, Tensor, cat } from '@huggingface/transformers';
import { decodePicture } from './pictures.mjs';
import { modelOptions } from './session.mjs';

let model;
let processor;
let tokenizer;
const kept = [];

export async function load(pack, threads) {
  const options = modelOptions(pack, threads);
  tokenizer = await AutoTokenizer.from_pretrained('captioner', options);
  processor = await AutoProcessor.from_pretrained('captioner', options);
  model = await AutoModelForVision2Seq.from_pretrained('captioner', options);
}

const pixels = async (pictures) => (await processor(await Promise.all(pictures.map(decodePicture)))).pixel_values;
const greedy = { num_beams: 1, do_sample: false };
const text = (tokens) => tokenizer.batch_decode(tokens, { skip_special_tokens: true });

/** Writes one line of JSON per token as it is chosen. */
class LineStreamer extends BaseStreamer {
  constructor(response) {
    super();
    this.response = response;
    this.tokens = 0;
  }

  put(value) {
    // The first call hands over the start token.
    if (this.tokens++ > 0) {
      const delta = tokenizer.decode(value[0], { skip_special_tokens: true });
      this.response.write(`${JSON.stringify({ delta })}\n`);
    }
  }

  end() {}
}

/** Captions one picture, streamed. */
export async function stream(picture, response) {
  response.setHeader('content-type', 'application/x-ndjson');
  const tokens = await model.generate({ ...greedy, inputs: await pixels([picture]), streamer: new LineStreamer(response) });
  response.end(`${JSON.stringify({ text: text(tokens)[0], tokens: tokens.dims[1] - 1 })}\n`);
}

/** Captions an array of pictures as one batch. */
export async function captions(pictures) {
  const tokens = await model.generate({ ...greedy, inputs: await pixels(pictures) });
  return text(tokens);
}

/** Encodes one picture and keeps its features; returns their number. */
export async function keepFeatures(picture) {
  const pixelValues = await pixels([picture]);
  const { last_hidden_state: features } = await model.sessions.model.run({ pixel_values: pixelValues.ort_tensor });
  return kept.push({ pixelValues, features: new Tensor(features) }) - 1;
}

/** Decodes exactly `count` tokens from kept features; the end token does not end it. */
export async function decode(ids, count) {
  const rows = ids.map((id) => kept[id]);
  const tokens = await model.generate({
    ...greedy,
    inputs: cat(rows.map((row) => row.pixelValues), 0),
    encoder_outputs: cat(rows.map((row) => row.features), 0),
    min_new_tokens: count,
    max_new_tokens: count,
  });
  return { text: text(tokens), tokens: ids.length * (tokens.dims[1] - 1) };
}

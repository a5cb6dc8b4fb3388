import { AutoProcessor, CLIPVisionModelWithProjection } from '@huggingface/transformers';
import { decodePicture } from './pictures.mjs';
import { modelOptions } from './session.mjs';

// The picture graph of clip/ is the captioner's, byte for byte, which has the variants.
const graph = '../../captioner/onnx/encoder_model';

let model;
let processor;

export async function load(pack, threads, dtype) {
  processor = await AutoProcessor.from_pretrained('clip', modelOptions(pack, threads));
  model = await CLIPVisionModelWithProjection.from_pretrained('clip', { ...modelOptions(pack, threads, dtype), model_file_name: graph });
}

/** One vector per picture; all pictures of the array run as one batch. */
export async function embed(pictures) {
  const images = await Promise.all(pictures.map(decodePicture));
  const { image_embeds: embeds } = await model(await processor(images));
  const [count, width] = embeds.dims;
  return Array.from({ length: count }, (_, i) => Array.from(embeds.data.subarray(i * width, (i + 1) * width)));
}

import { env } from '@huggingface/transformers';

/** Options of every model: the same threads and number format as the other contenders. */
export function modelOptions(pack, threads) {
  env.allowRemoteModels = false;
  env.localModelPath = pack.endsWith('/') ? pack : `${pack}/`;
  return { dtype: 'fp32', session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 } };
}

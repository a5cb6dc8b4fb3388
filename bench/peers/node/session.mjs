import { env } from '@huggingface/transformers';

/** Options of every model: the same threads as the other contenders. */
export function modelOptions(pack, threads, dtype = 'fp32') {
  env.allowRemoteModels = false;
  env.localModelPath = pack.endsWith('/') ? pack : `${pack}/`;
  return { dtype, session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 } };
}

// Hugging Face's client, as it asks servers of text-embeddings-inference.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { featureExtraction, sentenceSimilarity, textClassification } from '@huggingface/inference';
import { cosine, http } from './common.mjs';

test('TEI: texts are embedded by the default model and by one that the path names', async () => {
  const [a, again, b] = await featureExtraction({ endpointUrl: `${http}/embed`, inputs: ['a flower', 'a flower', 'a football match'] });
  assert.ok(cosine(a, again) > 0.999 && cosine(a, b) < 0.999);
  const [other] = await featureExtraction({ endpointUrl: `${http}/tei/tiny-bert/embed`, inputs: ['a flower'] });
  assert.notEqual(other.length, a.length);
});

test('TEI: sentences are compared', async () => {
  const scores = await sentenceSimilarity({ endpointUrl: `${http}/similarity`, inputs: { source_sentence: 'a flower', sentences: ['a flower', 'a football match'] } });
  assert.ok(scores[0] > 0.999 && scores[0] > scores[1]);
});

test('TEI: texts are classified', async () => {
  const labels = await textClassification({ endpointUrl: `${http}/tei/tiny-labeller/predict`, inputs: [['a flower']] });
  assert.ok(labels.length > 1);
  assert.ok(labels[0].score >= labels[1].score);
});

// The vector of each sound, scaled to length 1: the pooled one where the model has one, else the mean of its tokens.
export default async (transformers, model, { sounds }, media) => {
  const extractor = await transformers.AutoFeatureExtractor.from_pretrained(model);
  const encoder = await transformers.AutoModel.from_pretrained(model, { dtype: 'fp32' });
  const vectors = [];
  for (const name of sounds) {
    const { pooler_output: pooled, last_hidden_state: tokens } = await encoder(await extractor(media.sound(name)));
    vectors.push(Array.from((pooled ?? tokens.mean(1)).normalize(2, -1).data));
  }
  return { vectors };
};

// The pooled vector of each picture where the model has one, else the mean of its tokens; scaled to length 1.
export default async (transformers, model, { pictures }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const encoder = await transformers.AutoModel.from_pretrained(model, { dtype: 'fp32' });
  const answer = { vectors: [] };
  for (const name of pictures) {
    const output = await encoder(await processor(await media.picture(name)));
    const vector = output.pooler_output ?? output.last_hidden_state.mean(1);
    answer.vectors.push(Array.from(vector.normalize(2, -1).data));
  }
  return answer;
};

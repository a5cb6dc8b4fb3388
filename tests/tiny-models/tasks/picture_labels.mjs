// The scores of a model's own labels for each picture.
export default async (transformers, model, { pictures }, media) => {
  const classify = await transformers.pipeline('image-classification', model, { dtype: 'fp32' });
  const answer = { items: [] };
  for (const name of pictures) {
    const labels = await classify(await media.picture(name), { top_k: 100 });
    answer.items.push(labels.map(({ label, score }) => ({ name: label, score })));
  }
  return answer;
};

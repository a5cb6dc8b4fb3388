// Vectors of texts and pictures, each alone and scaled to length 1, of a model whose export has no graph of both halves.
const unit = (tensor) => Array.from(tensor.normalize(2, -1).data);

export default async (transformers, model, { texts, pictures }, media) => {
  const options = { dtype: 'fp32' };
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const textHalf = await transformers.CLIPTextModelWithProjection.from_pretrained(model, options);
  const pictureHalf = await transformers.CLIPVisionModelWithProjection.from_pretrained(model, options);
  const answer = { texts: [], pictures: [] };
  for (const text of texts) answer.texts.push(unit((await textHalf(tokenizer([text], { padding: true, truncation: true }))).text_embeds));
  for (const name of pictures) answer.pictures.push(unit((await pictureHalf(await processor(await media.picture(name)))).image_embeds));
  return answer;
};

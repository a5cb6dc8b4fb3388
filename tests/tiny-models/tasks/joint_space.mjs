// Vectors of texts and pictures, each alone and scaled to length 1, and the scores of the texts as labels of each picture.
const unit = (vector) => {
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => value / length);
};

export default async (transformers, model, { texts, pictures, template = '{}' }, media) => {
  const options = { dtype: 'fp32' };
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const config = await transformers.AutoConfig.from_pretrained(model);
  const [textKind, pictureKind] = config.model_type === 'siglip'
    ? [transformers.SiglipTextModel, transformers.SiglipVisionModel]
    : [transformers.CLIPTextModelWithProjection, transformers.CLIPVisionModelWithProjection];
  const padding = config.model_type === 'siglip' ? 'max_length' : true;
  const textHalf = await textKind.from_pretrained(model, options);
  const pictureHalf = await pictureKind.from_pretrained(model, options);
  const classify = await transformers.pipeline('zero-shot-image-classification', model, options);
  const answer = { texts: [], pictures: [], scores: [] };
  for (const text of texts) {
    const output = await textHalf(tokenizer([text], { padding, truncation: true }));
    answer.texts.push(unit((output.text_embeds ?? output.pooler_output).data));
  }
  for (const name of pictures) {
    const picture = await media.picture(name);
    const output = await pictureHalf(await processor(picture));
    answer.pictures.push(unit((output.image_embeds ?? output.pooler_output).data));
    const scores = await classify(picture, texts, { hypothesis_template: template });
    answer.scores.push(texts.map((text) => scores.find(({ label }) => label === text).score));
  }
  return answer;
};

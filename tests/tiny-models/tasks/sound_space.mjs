// Vectors of texts and sounds, each alone and scaled to length 1, and the scores of the texts as labels of each sound.
const unit = (tensor) => Array.from(tensor.normalize(2, -1).data);

export default async (transformers, model, { texts, sounds }, media) => {
  const options = { dtype: 'fp32' };
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const extractor = await transformers.AutoFeatureExtractor.from_pretrained(model);
  const textHalf = await transformers.ClapTextModelWithProjection.from_pretrained(model, options);
  const soundHalf = await transformers.ClapAudioModelWithProjection.from_pretrained(model, options);
  const both = await transformers.ClapModel.from_pretrained(model, options);
  const answer = { texts: [], sounds: [], scores: [] };
  for (const text of texts) answer.texts.push(unit((await textHalf(tokenizer([text]))).text_embeds));
  for (const name of sounds) {
    const features = await extractor(media.sound(name));
    answer.sounds.push(unit((await soundHalf(features)).audio_embeds));
    const { logits_per_audio: logits } = await both({ ...tokenizer(texts, { padding: true }), ...features });
    answer.scores.push(transformers.softmax(Array.from(logits.data)));
  }
  return answer;
};

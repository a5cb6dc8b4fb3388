// What a model writes down of each sound: at most six tokens a second, as its pipeline has it.
export default async (transformers, model, { sounds }, media) => {
  const extractor = await transformers.AutoFeatureExtractor.from_pretrained(model);
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const writer = await transformers.MoonshineForConditionalGeneration.from_pretrained(model, { dtype: 'fp32' });
  const end = writer.generation_config.eos_token_id;
  const transcripts = [];
  for (const sound of sounds) {
    const samples = media.sound(sound);
    const inputs = await extractor(samples);
    const written = await writer.generate({ max_new_tokens: Math.floor(samples.length / 16000) * 6, ...inputs });
    const tokens = written.tolist()[0].map(Number).slice(1).filter((token) => token !== end);
    transcripts.push({ sound, tokens, text: tokenizer.decode(tokens, { skip_special_tokens: true }).trim() });
  }
  return { transcripts };
};

// What a model writes down of each sound: the best character of every frame, and the text that its tokenizer makes of them.
export default async (transformers, model, { sounds }, media) => {
  const extractor = await transformers.AutoFeatureExtractor.from_pretrained(model);
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const recognizer = await transformers.AutoModelForCTC.from_pretrained(model, { dtype: 'fp32' });
  const transcripts = [];
  for (const sound of sounds) {
    const { logits } = await recognizer(await extractor(media.sound(sound)));
    const frames = logits.tolist()[0].map((scores) => scores.indexOf(Math.max(...scores)));
    // Blanks are kept until runs have been joined: the library would leave special tokens out before, and doubled letters with them.
    transcripts.push({ sound, frames, text: tokenizer.decode(frames, { skip_special_tokens: false }).trim() });
  }
  return { transcripts };
};

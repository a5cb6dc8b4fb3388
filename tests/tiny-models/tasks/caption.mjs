// What a model writes about each picture: tokens without the opening and closing ones, and text.
export default async (transformers, model, { pictures, asked = model }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(asked);
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(asked);
  const writer = await transformers.AutoModelForVision2Seq.from_pretrained(asked, { dtype: 'fp32' });
  const ends = [writer.generation_config.eos_token_id].flat();
  const captions = [];
  for (const name of pictures) {
    const { pixel_values: inputs } = await processor(await media.picture(name));
    const [[, ...written]] = (await writer.generate({ inputs })).tolist();
    const tokens = written.map(Number).filter((token) => !ends.includes(token));
    captions.push({ tokens, text: tokenizer.decode(tokens, { skip_special_tokens: true }).trim() });
  }
  return { captions };
};

// What a model writes down of each sound in each language and for each task, without times and, in one pass, with them.
export default async (transformers, model, { sounds, languages, tasks }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const writer = await transformers.WhisperForConditionalGeneration.from_pretrained(model, { dtype: 'fp32' });
  const end = writer.generation_config.eos_token_id;
  const transcripts = [];
  for (const sound of sounds) {
    const { input_features: inputs } = await processor(media.sound(sound));
    for (const language of languages) {
      for (const task of tasks) {
        const written = (await writer.generate({ inputs, language, task })).tolist()[0].map(Number);
        // Start, language, task and "no times" stand before what is written.
        transcripts.push({ sound, language, task, tokens: written.slice(4).filter((token) => token !== end) });
      }
    }
  }
  return { transcripts };
};

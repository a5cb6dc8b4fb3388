// What a model writes down of each sound in each language and for each task, and when each token is said.
export default async (transformers, model, { sounds, languages, tasks, prompt }, media) => {
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
        const frames = Math.floor(media.sound(sound).length / 320);
        const { sequences, token_timestamps: times } = await writer.generate({ inputs, language, task, return_token_timestamps: true, num_frames: frames });
        transcripts.push({ sound, language, task, tokens: written.slice(4).filter((token) => token !== end),
          times: times.tolist()[0].slice(4) });
        if (sequences.dims[1] !== written.length) throw new Error('times change what is written');
      }
    }
  }
  // Text before the sound, which the library is fed only as tokens.
  const tokenizer = processor.tokenizer;
  const idOf = (token) => tokenizer.encode(token, { add_special_tokens: false })[0];
  const before = ['<|startofprev|>'].map(idOf).concat(tokenizer.encode(` ${prompt}`, { add_special_tokens: false }));
  const opening = ['<|startoftranscript|>', '<|en|>', '<|transcribe|>', '<|notimestamps|>'].map(idOf);
  const prompted = [];
  for (const sound of sounds) {
    const { input_features: inputs } = await processor(media.sound(sound));
    const decoder_input_ids = [...before, ...opening];
    const written = (await writer.generate({ inputs, decoder_input_ids })).tolist()[0].map(Number);
    prompted.push({ sound, tokens: written.slice(decoder_input_ids.length).filter((token) => token !== end) });
  }
  // How likely it is that nothing is said: of the token that says so, in the place of the language.
  const silent = [];
  for (const sound of sounds) {
    const { input_features } = await processor(media.sound(sound));
    const decoder_input_ids = new transformers.Tensor('int64', [BigInt(idOf('<|startoftranscript|>'))], [1, 1]);
    const { logits } = await writer({ input_features, decoder_input_ids });
    silent.push({ sound, probability: transformers.softmax(Array.from(logits.data))[idOf('<|nospeech|>')] });
  }
  return { transcripts, prompted, silent, first_time: writer.generation_config.no_timestamps_token_id + 1 };
};

// What a model answers to each prompt about a picture: tokens without the first and the closing one, how many tokens of the prompt it read, and the places within the
// picture that its answer names, from 0 to 1.
export default async (transformers, model, { prompts, tokens: most }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const writer = await transformers.AutoModelForImageTextToText.from_pretrained(model, { dtype: 'fp32' });
  const { eos_token_id: end } = writer.generation_config;
  const answers = [];
  for (const { picture, prompt } of prompts) {
    const inputs = await processor(await media.picture(picture), prompt);
    const [written] = (await writer.generate({ ...inputs, max_new_tokens: most, do_sample: false, num_beams: 1 })).tolist();
    const task = prompt.match(/^<[A-Z_]+>/)?.[0] ?? '';
    const { [task]: said } = processor.post_process_generation(processor.batch_decode([written], { skip_special_tokens: false })[0], task, [1, 1]);
    answers.push({
      prompt_tokens: inputs.input_ids.dims[1],
      tokens: written.map(Number).filter((token) => token !== end),
      labels: said.labels ?? [],
      places: said.bboxes ?? said.quad_boxes ?? [],
    });
  }
  return { answers };
};

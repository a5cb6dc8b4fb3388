// What a model answers to each conversation with pictures: tokens without the closing one, and how many it read. Squares, where they are given, stand for
// those that the library would make of the pictures.
export default async (transformers, model, { chats, tokens: most, squares, side }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const writer = await transformers.AutoModelForImageTextToText.from_pretrained(model, { dtype: 'fp32' });
  const ends = [writer.generation_config.eos_token_id].flat();
  const answers = [];
  for (const [number, chat] of chats.entries()) {
    const names = chat.flatMap(({ content }) => content.filter(({ type }) => type === 'image').map(({ image }) => image));
    const pictures = await Promise.all(names.map(media.picture));
    const text = processor.apply_chat_template(chat, { add_generation_prompt: true, tokenize: false });
    const inputs = processor.constructor.name === 'LlavaProcessor' ? await processor(pictures, text) : await processor(text, pictures);
    if (squares) {
      const values = Float32Array.from(squares[number].flat());
      const count = values.length / (3 * side * side);
      if (inputs.pixel_values.dims[1] !== count) throw new Error(`${model}: ${inputs.pixel_values.dims} are not ${count} squares`);
      inputs.pixel_values = new transformers.Tensor('float32', values, [1, count, 3, side, side]);
    }
    const read = inputs.input_ids.dims[1];
    const [written] = (await writer.generate({ ...inputs, max_new_tokens: most, do_sample: false })).tolist();
    answers.push({ prompt_tokens: read, tokens: written.slice(read).map(Number).filter((token) => !ends.includes(token)) });
  }
  return { answers };
};

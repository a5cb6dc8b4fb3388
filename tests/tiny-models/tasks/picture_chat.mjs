// What a model answers to each conversation with pictures: tokens without the closing one, and how many it read. Squares, where they are given, stand for
// those that the library would make of the pictures. A clip, where one is asked about, is one picture as often as it has frames.
export default async (transformers, model, { chats, tokens: most, squares, side, clip }, media) => {
  const processor = await transformers.AutoProcessor.from_pretrained(model);
  const writer = await transformers.AutoModelForImageTextToText.from_pretrained(model, { dtype: 'fp32' });
  const ends = [writer.generation_config.eos_token_id].flat();
  const answer = async (chat, names, squaresOfChat) => {
    const pictures = await Promise.all(names.map(media.picture));
    const text = processor.apply_chat_template(chat, { add_generation_prompt: true, tokenize: false });
    const inputs = processor.constructor.name === 'LlavaProcessor' ? await processor(pictures, text) : await processor(text, pictures);
    if (squaresOfChat) {
      const values = Float32Array.from(squaresOfChat.flat());
      const count = values.length / (3 * side * side);
      if (inputs.pixel_values.dims[1] !== count) throw new Error(`${model}: ${inputs.pixel_values.dims} are not ${count} squares`);
      inputs.pixel_values = new transformers.Tensor('float32', values, [1, count, 3, side, side]);
    }
    const read = inputs.input_ids.dims[1];
    const [written] = (await writer.generate({ ...inputs, max_new_tokens: most, do_sample: false })).tolist();
    return { prompt_tokens: read, tokens: written.slice(read).map(Number).filter((token) => !ends.includes(token)) };
  };
  const namesIn = (chat) => chat.flatMap(({ content }) => content.filter(({ type }) => type === 'image').map(({ image }) => image));
  const answers = [];
  for (const [number, chat] of chats.entries()) answers.push(await answer(chat, namesIn(chat), squares?.[number]));
  if (!clip) return { answers };
  const chat = [{ role: 'user', content: [{ type: 'image' }, { type: 'text', text: clip.text }] }];
  return { answers, clip: await answer(chat, Array(clip.frames).fill(clip.picture)) };
};

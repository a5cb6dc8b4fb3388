// What a language model answers to each conversation: tokens without the closing one, and how many it read. Without a template, it continues the text.
export default async (transformers, model, { chats, tokens: most, graph }) => {
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const writer = await transformers.AutoModelForCausalLM.from_pretrained(model, { dtype: 'fp32', ...(graph ? { model_file_name: graph } : {}) });
  const ends = [writer.generation_config.eos_token_id].flat();
  const answers = [];
  for (const chat of chats) {
    const text = tokenizer.chat_template
      ? tokenizer.apply_chat_template(chat, { tokenize: false, add_generation_prompt: true })
      : chat[0].content;
    const inputs = tokenizer(text, { add_special_tokens: !tokenizer.chat_template });
    const read = inputs.input_ids.dims[1];
    const [written] = (await writer.generate({ ...inputs, max_new_tokens: most, do_sample: false })).tolist();
    answers.push({ prompt_tokens: read, tokens: written.slice(read).map(Number).filter((token) => !ends.includes(token)) });
  }
  return { answers };
};

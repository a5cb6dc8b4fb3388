// What a cross-encoder gives the query with each document, as it is and between 0 and 1.
export default async (transformers, model, { query, documents }) => {
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const scorer = await transformers.AutoModelForSequenceClassification.from_pretrained(model, { dtype: 'fp32' });
  const raw = [];
  for (const document of documents) {
    const { logits } = await scorer(tokenizer(query, { text_pair: document, truncation: true }));
    raw.push(logits.data[0]);
  }
  return { raw, scores: raw.map((logit) => 1 / (1 + Math.exp(-logit))) };
};

// The scores of a classifier's own labels for each text, alone, in the labels' order. From the logits: the library's pipeline loses
// the labels of a text whose scores it is asked for all together.
const softmax = (logits) => {
  const exponentials = logits.map((logit) => Math.exp(logit - Math.max(...logits)));
  const sum = exponentials.reduce((total, value) => total + value);
  return exponentials.map((value) => value / sum);
};
const sigmoid = (logits) => logits.map((logit) => 1 / (1 + Math.exp(-logit)));

export default async (transformers, model, { texts }) => {
  const tokenizer = await transformers.AutoTokenizer.from_pretrained(model);
  const classifier = await transformers.AutoModelForSequenceClassification.from_pretrained(model, { dtype: 'fp32' });
  const { id2label, problem_type: problem } = classifier.config;
  const score = problem === 'multi_label_classification' ? sigmoid : softmax;
  const scores = [];
  for (const text of texts) {
    const { logits } = await classifier(tokenizer(text, { truncation: true }));
    scores.push(score(Array.from(logits.data)));
  }
  return { labels: Object.values(id2label), scores };
};

// The scores of a classifier's own labels for each sound, in the labels' order: of one label, or of each for itself.
const sigmoid = (logits) => logits.map((logit) => 1 / (1 + Math.exp(-logit)));

export default async (transformers, model, { sounds }, media) => {
  const extractor = await transformers.AutoFeatureExtractor.from_pretrained(model);
  const classifier = await transformers.AutoModelForAudioClassification.from_pretrained(model, { dtype: 'fp32' });
  const { id2label, problem_type: problem } = classifier.config;
  const score = problem === 'multi_label_classification' ? sigmoid : transformers.softmax;
  const scores = [];
  for (const name of sounds) {
    const { logits } = await classifier(await extractor(media.sound(name)));
    scores.push(score(Array.from(logits.data)));
  }
  return { labels: Object.values(id2label), scores };
};

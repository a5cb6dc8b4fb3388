// How well labels in words follow from each text, in the labels' order: against each other, each for itself, and in sentences of another template.
export default async (transformers, model, { texts, labels, template }) => {
  const classifier = await transformers.pipeline('zero-shot-classification', model, { dtype: 'fp32' });
  const ask = async (options) => {
    const answers = [];
    for (const text of texts) {
      const { labels: found, scores } = await classifier(text, labels, options);
      answers.push(labels.map((label) => scores[found.indexOf(label)]));
    }
    return answers;
  };
  return { softmax: await ask({}), independent: await ask({ multi_label: true }), templated: await ask({ hypothesis_template: template }) };
};

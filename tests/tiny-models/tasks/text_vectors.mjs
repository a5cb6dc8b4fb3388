// The vector of each text, alone, with and without the prompt before it, scaled to length 1 unless the model gives them as they are. Of poolings, the library's pipeline does
// the mean; others take a token's vector from what it gives before pooling.
const unit = (vector) => {
  const length = Math.hypot(...vector);
  return Array.from(vector, (value) => value / length);
};

const PLACES = { first: 0, last: -1 };

export default async (transformers, model, { texts, pooling, prompt, scaled = true }) => {
  const finish = scaled ? unit : (vector) => Array.from(vector);
  const extract = await transformers.pipeline('feature-extraction', model, { dtype: 'fp32' });
  const vectorOf = async (text) => {
    if (pooling === 'mean') return finish((await extract([text], { pooling })).data);
    const [tokens] = (await extract([text], { pooling: 'none' })).tolist();
    return finish(tokens.at(PLACES[pooling]));
  };
  const answer = { plain: [], prompted: [] };
  for (const text of texts) {
    answer.plain.push(await vectorOf(text));
    answer.prompted.push(await vectorOf(prompt + text));
  }
  return answer;
};

// Tokenises tricky strings with @huggingface/transformers, an implementation that shares no code with ours.
//   npm install --ignore-scripts @huggingface/transformers@4.3.1
//   node make-references.mjs ../../../models/sensorium-mini/clip > references.json
// Left out, because JavaScript itself differs from the tokenizers library there: U+0085 and U+FEFF (JavaScript's \s) and a
// capital sigma at the end of a word (JavaScript's toLowerCase).
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PreTrainedTokenizer } from '@huggingface/transformers';

const folder = process.argv[2];
const read = (name) => JSON.parse(readFileSync(join(folder, name), 'utf8'));
const tokenizer = new PreTrainedTokenizer(read('tokenizer.json'), read('tokenizer_config.json'));

const texts = [
  'a dog runs through the snow', 'Two Men AND a Woman', "it's, they're, I'VE, we'll, he'd, can't, I'm; 's 'x ''s",
  ' leading and trailing ', '', ' ', '  ', '   x', 'a  b   c', 'tab\there', 'line\nbreak\r\n\r\nend', '\n\n\n', ' \n \n x',
  ' '.repeat(200), `${' '.repeat(100)}end`, 'x'.repeat(300), '1234567890 12 3.14159 1e-9', '½ ² Ⅳ ٣ 一二三',
  'hyphen-ated under_score semi;colon', '!!!??? ...,,,---', '"quoted" (brackets) [x] {y} <z>', '#tag @user a@b.c https://x.y/z?q=1&r=2',
  '😀', 'smile 😀😁 and 👩‍👩‍👧‍👦 family, 🏳️‍🌈 flag 🇩🇪', '中文字符', '一只狗在雪地里奔跑。', '日本語テキスト と 한국어', 'смешанный text',
  'café', 'cafe\u0301', 'a\u0301\u0302\u0303\u0304 e\u0308', 'ÀÉÎÕÜ ß ẞ Œ Æ Ð Þ', 'İstanbul ISPARTA ılık', 'ΑΒΓ αβγ Σίσυφος', 'ǅ ǆ Ǆ ﬁ ﬂ',
  '𐐀𐐁 deseret', '𝒜𝓫𝕔 math', '𠀀𠀁 extension b', 'a𠀀b𐐨c', '𝟘𝟙𝟚', 'שלום עולם', 'مرحبا بالعالم', 'हिन्दी में', 'ไทย', '\u200bzero\u200bwidth\u200d',
  '\u00a0no\u00a0break', 'thin\u2009space\u3000wide', '\u2028line\u2029paragraph', 'bell\u0007 null\u0000 esc\u001b[0m del\u007f', '\u001c\u001d\u001e\u001f',
  '\u180e\u2060\u00ad', '\ufffd\uffff\ue000', '\u{10ffff}', 'naïve façade — “quotes” … •', 'SHOUTING\tAND whispering', "don't stop' 'til", 'x²+y²=z²', 'a1b2c3 a_1',
];
const cases = texts.map((text) => ({ text, ids: [...tokenizer.encode(text, { add_special_tokens: false })].map(Number) }));
const lines = cases.map((one) => `  ${JSON.stringify(one)}`).join(',\n');
console.log(`{"made_by": "make-references.mjs, @huggingface/transformers 4.3.1", "cases": [\n${lines}\n]}`);

using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Text;
using Sensorium.Tokenization.Unicode;

namespace Sensorium.Tokenization.Normalizers;

/// <summary>The kinds of normalizers that tokenizer.json may name.</summary>
internal static class NormalizerReader
{
    private static readonly Dictionary<string, Func<JsonSection, INormalizer>> Kinds = new(StringComparer.Ordinal)
    {
        ["Sequence"] = section => new SequenceNormalizer([.. section.Required("normalizers").Items().Select(Read)]),
        ["NFC"] = _ => new FunctionNormalizer(text => UnicodeNormalization.Apply(text, compatible: false, composes: true)),
        ["NFD"] = _ => new FunctionNormalizer(text => UnicodeNormalization.Apply(text, compatible: false, composes: false)),
        ["NFKC"] = _ => new FunctionNormalizer(text => UnicodeNormalization.Apply(text, compatible: true, composes: true)),
        ["NFKD"] = _ => new FunctionNormalizer(text => UnicodeNormalization.Apply(text, compatible: true, composes: false)),
        ["Lowercase"] = _ => new FunctionNormalizer(UnicodeLowercase.Apply),
        ["StripAccents"] = _ => new FunctionNormalizer(text => RuneEdits.Remove(text, CharacterKinds.IsMark)),
        ["Strip"] = section => new StripNormalizer(section.Bool("strip_left", true), section.Bool("strip_right", true)),
        ["Replace"] = section => new ReplaceNormalizer(PatternReader.Read(section.Required("pattern")), section.RequiredString("content")),
        ["Prepend"] = section => new PrependNormalizer(section.RequiredString("prepend")),
        ["Precompiled"] = PrecompiledNormalizer.Read,
        ["BertNormalizer"] = BertNormalizer.Read,
        ["Nmt"] = _ => new FunctionNormalizer(NmtNormalizer.Apply),
        ["ByteLevel"] = _ => new FunctionNormalizer(ByteLevelAlphabet.Encode),
    };

    public static INormalizer Read(JsonSection section) =>
        Kinds.TryGetValue(section.Type, out var read) ? read(section) : throw section.Unsupported("normalizer", section.Type);

    private sealed class FunctionNormalizer(Func<AlignedText, AlignedText> apply) : INormalizer
    {
        public AlignedText Normalize(AlignedText text) => apply(text);
    }
}

using System.Text.Json;
using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization;

/// <summary>
/// The ids of the special tokens that tokenizer_config.json names: the opening one (BERT's "cls" where there is no "bos")
/// the closing one (BERT's "sep" where there is no "eos"), and the one that fills up. Null for those it does not name.
/// </summary>
internal sealed record SpecialTokens(int? Bos, int? Eos, int? Pad)
{
    public static SpecialTokens None { get; } = new(null, null, null);

    public static SpecialTokens Read(JsonSection config, Func<string, int?> idOf)
    {
        return new SpecialTokens(
            IdOf(config, "bos_token", idOf) ?? IdOf(config, "cls_token", idOf),
            IdOf(config, "eos_token", idOf) ?? IdOf(config, "sep_token", idOf),
            IdOf(config, "pad_token", idOf));
    }

    // Written as a string, or as an object with the flags of an added token.
    private static int? IdOf(JsonSection config, string name, Func<string, int?> idOf)
    {
        if (config.Optional(name) is not { } token)
        {
            return null;
        }

        var content = token.Element.ValueKind == JsonValueKind.Object ? token.RequiredString("content") : token.AsString();
        return idOf(content) ?? throw new TokenizerFormatException($"special token '{content}' is not in the vocabulary");
    }
}

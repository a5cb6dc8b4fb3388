using Sensorium.Tokenization.Json;

namespace Sensorium.Tokenization.PostProcessors;

/// <summary>Special tokens and texts in the order of a template, one for a text alone and one for a pair.</summary>
internal sealed class TemplatePostProcessor : IPostProcessor
{
    private readonly Piece[] _single;
    private readonly Piece[] _pair;

    private TemplatePostProcessor(Piece[] single, Piece[] pair)
    {
        _single = single;
        _pair = pair;
    }

    // A text by its number, or the ids of a special token.
    private sealed record Piece(int Sequence, int[] Ids, int TypeId);

    public static TemplatePostProcessor Read(JsonSection section)
    {
        var special = section.Optional("special_tokens")?.Fields().ToDictionary(
            token => token.Name, token => token.Value.Required("ids").Items().Select(id => id.AsInt()).ToArray(), StringComparer.Ordinal) ?? [];
        return new TemplatePostProcessor(ReadTemplate(section.Required("single"), special, 1), ReadTemplate(section.Required("pair"), special, 2));
    }

    public int CountAdded(bool isPair) => (isPair ? _pair : _single).Sum(piece => piece.Ids.Length);

    public List<EncodedPart> Process(List<EncodedPart> parts, bool addsSpecial)
    {
        List<EncodedPart> framed = [];
        foreach (var piece in parts.Count > 1 ? _pair : _single)
        {
            if (piece.Sequence != EncodedPart.NoSequence)
            {
                framed.Add(parts[piece.Sequence] with { TypeId = piece.TypeId });
            }
            else if (addsSpecial)
            {
                framed.Add(EncodedPart.Special(piece.Ids, piece.TypeId));
            }
        }

        return framed;
    }

    private static Piece[] ReadTemplate(JsonSection template, Dictionary<string, int[]> special, int texts) => [.. template.Items().Select(piece =>
    {
        if (piece.Optional("Sequence") is { } sequence)
        {
            var number = sequence.RequiredString("id") == "A" ? 0 : 1;
            return number < texts
                ? new Piece(number, [], sequence.Int("type_id", 0))
                : throw new TokenizerFormatException($"{piece.Path} names a second text where there is one");
        }

        var token = piece.Required("SpecialToken");
        var id = token.RequiredString("id");
        return special.TryGetValue(id, out var ids)
            ? new Piece(EncodedPart.NoSequence, ids, token.Int("type_id", 0))
            : throw new TokenizerFormatException($"{piece.Path} names '{id}', which is not among its special_tokens");
    })];
}

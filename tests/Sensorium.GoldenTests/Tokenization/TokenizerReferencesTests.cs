using System.Text.Json;
using Sensorium.Core.Media;
using Sensorium.Testing.Shared.Models;
using Sensorium.Tokenization;
using Xunit;

namespace Sensorium.GoldenTests.Tokenization;

public sealed class TokenizerReferencesTests
{
    private static readonly Tokenizer Tokenizer = TokenizerLoader.Load(BundledPack.Instance.Encoders[Modality.Text]);

    public static TheoryData<string, int[]> Cases { get; } = ReadCases();

    [Theory]
    [MemberData(nameof(Cases))]
    public void Ids_equal_the_reference(string text, int[] ids) => Assert.Equal(ids, Tokenizer.Encode(text));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Bytes_of_the_tokens_give_the_lower_cased_text_back(string text, int[] ids)
    {
        var bytes = ids.SelectMany(id => Tokenizer.TokenBytes(id).ToArray()).ToArray();

        var expected = text.Replace("\u0130", "i\u0307", StringComparison.Ordinal).ToLowerInvariant();
        Assert.Equal(expected, System.Text.Encoding.UTF8.GetString(bytes));
    }

    private static TheoryData<string, int[]> ReadCases()
    {
        var path = Path.Combine(AppContext.BaseDirectory, "Tokenization", "references.json");
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        return new TheoryData<string, int[]>(document.RootElement.GetProperty("cases").EnumerateArray().Select(one =>
            (one.GetProperty("text").GetString()!, one.GetProperty("ids").EnumerateArray().Select(id => id.GetInt32()).ToArray())));
    }
}

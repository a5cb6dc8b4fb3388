using System.Text.Json;

namespace Sensorium.Tokenization;

/// <summary>Contents of the special tokens that tokenizer_config.json names.</summary>
internal sealed record SpecialTokens(string Bos, string Eos, string Pad)
{
    public static SpecialTokens Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        var eos = Content(document.RootElement, "eos_token") ?? throw new NotSupportedException("tokenizer_config.json names no eos_token");
        return new SpecialTokens(
            Content(document.RootElement, "bos_token") ?? eos, eos, Content(document.RootElement, "pad_token") ?? eos);
    }

    // Written as a string, or as an object with the flags of an added token.
    private static string? Content(JsonElement root, string name) => root.TryGetProperty(name, out var token)
        ? token.ValueKind switch
        {
            JsonValueKind.String => token.GetString(),
            JsonValueKind.Object => token.GetProperty("content").GetString(),
            _ => null,
        }
        : null;
}

using System.Text;
using Sensorium.Tokenization.Models;

namespace Sensorium.Tokenization.Decoders;

/// <summary>Runs of byte tokens become the text that the bytes spell; one U+FFFD for each where they spell none.</summary>
internal sealed class ByteFallbackDecoder : ITokenDecoder
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public List<string> Decode(List<string> tokens)
    {
        var texts = new List<string>(tokens.Count);
        var bytes = new List<byte>();
        foreach (var token in tokens)
        {
            if (ByteTokens.TryRead(token) is { } value)
            {
                bytes.Add(value);
                continue;
            }

            Flush(bytes, texts);
            texts.Add(token);
        }

        Flush(bytes, texts);
        return texts;
    }

    public TokenText DecodeOne(TokenText token) =>
        token.Bytes is null && ByteTokens.TryRead(token.Text) is { } value ? new TokenText("", [value]) : token;

    private static void Flush(List<byte> bytes, List<string> texts)
    {
        if (bytes.Count == 0)
        {
            return;
        }

        try
        {
            texts.Add(Strict.GetString([.. bytes]));
        }
        catch (DecoderFallbackException)
        {
            texts.AddRange(Enumerable.Repeat("\uFFFD", bytes.Count));
        }

        bytes.Clear();
    }
}

using System.Text;
using Microsoft.ML.Tokenizers;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;

namespace Sensorium.Tokenization;

/// <summary>
/// Byte-level BPE from a Hugging Face tokenizer.json. Special tokens written out in a text are text: a caller cannot end a
/// sequence by typing "&lt;eos&gt;". Safe for concurrent use.
/// </summary>
public sealed class ByteLevelTokenizer : ITokenizer
{
    private readonly BpeTokenizer _bpe;
    private readonly ReadOnlyMemory<byte>[] _bytes;
    private readonly bool _lowercase;
    private readonly bool _addPrefixSpace;

    private ByteLevelTokenizer(TokenizerFile file, SpecialTokens special)
    {
        _bpe = BpeTokenizer.Create(new BpeOptions(file.Vocabulary) { Merges = file.Merges, ByteLevel = true });
        _bytes = TableOfBytes(file);
        _lowercase = file.Lowercase;
        _addPrefixSpace = file.AddPrefixSpace;
        BosTokenId = IdOf(file, special.Bos);
        EosTokenId = IdOf(file, special.Eos);
        PadTokenId = IdOf(file, special.Pad);
    }

    public int VocabularySize => _bytes.Length;

    public int BosTokenId { get; }

    public int EosTokenId { get; }

    public int PadTokenId { get; }

    /// <summary>
    /// Reads tokenizer.json and tokenizer_config.json of a part. Throws <see cref="ModelPackException"/> that says what is
    /// missing or not supported.
    /// </summary>
    public static ByteLevelTokenizer Load(PackPart part)
    {
        var path = part.GetFile("tokenizer.json");
        var configPath = part.GetFile("tokenizer_config.json");
        try
        {
            return new ByteLevelTokenizer(TokenizerFile.Read(path), SpecialTokens.Read(configPath));
        }
        catch (Exception error) when (error is not ModelPackException)
        {
            throw new ModelPackException(part.Folder, [$"tokenizer.json cannot be used: {error.Message}"], error);
        }
    }

    public IReadOnlyList<int> Encode(string text)
    {
        var normalized = Normalize(text);
        var ids = new List<int>(normalized.Length / 3 + 1);
        for (var start = 0; start < normalized.Length;)
        {
            var end = Gpt2Words.EndOfWord(normalized, start);
            ids.AddRange(_bpe.EncodeToIds(normalized.AsSpan(start, end - start), considerPreTokenization: false, considerNormalization: false));
            start = end;
        }

        return ids;
    }

    public ReadOnlyMemory<byte> TokenBytes(int tokenId)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokenId);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(tokenId, _bytes.Length);
        return _bytes[tokenId];
    }

    private static ReadOnlyMemory<byte>[] TableOfBytes(TokenizerFile file)
    {
        var size = file.Vocabulary.Values.Concat(file.AddedTokens.Select(token => token.Id)).Max() + 1;
        var table = new ReadOnlyMemory<byte>[size];
        foreach (var (token, id) in file.Vocabulary)
        {
            table[id] = ByteLevelAlphabet.TryGetBytes(token);
        }

        foreach (var token in file.AddedTokens)
        {
            table[token.Id] = token.Special ? default : Encoding.UTF8.GetBytes(token.Content);
        }

        return table;
    }

    private static int IdOf(TokenizerFile file, string content)
    {
        var added = file.AddedTokens.FirstOrDefault(token => token.Content == content);
        return added?.Id ?? (file.Vocabulary.TryGetValue(content, out var id)
            ? id
            : throw new NotSupportedException($"special token '{content}' is not in the vocabulary"));
    }

    private string Normalize(string text)
    {
        var normalized = _lowercase ? UnicodeLowercase.Convert(text) : text;
        return _addPrefixSpace && normalized.Length > 0 && normalized[0] != ' ' ? " " + normalized : normalized;
    }
}

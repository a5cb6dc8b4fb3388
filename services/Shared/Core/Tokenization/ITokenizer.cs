namespace Sensorium.Core.Tokenization;

/// <summary>Text to token ids and back, as the pack's tokenizer.json defines it.</summary>
public interface ITokenizer
{
    int VocabularySize { get; }

    int BosTokenId { get; }

    int EosTokenId { get; }

    int PadTokenId { get; }

    /// <summary>Ids of the text alone, without the opening and closing tokens.</summary>
    IReadOnlyList<int> Encode(string text);

    /// <summary>The raw bytes that a token stands for; empty for special tokens. A token may hold part of a character.</summary>
    ReadOnlyMemory<byte> TokenBytes(int tokenId);
}

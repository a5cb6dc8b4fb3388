namespace Sensorium.Core.Tokenization;

/// <summary>Text to token ids and back, as a model's tokenizer.json defines it. Safe for concurrent use.</summary>
public interface ITokenizer
{
    /// <summary>The highest id, and one.</summary>
    int VocabularySize { get; }

    int BosTokenId { get; }

    int EosTokenId { get; }

    /// <summary>Ids of the text alone, without the opening and closing tokens; special tokens written out in it are text.</summary>
    IReadOnlyList<int> Encode(string text);

    /// <summary>
    /// The raw bytes that a token within a text stands for; empty for special tokens. A token may hold part of a character.
    /// </summary>
    ReadOnlyMemory<byte> TokenBytes(int tokenId);
}

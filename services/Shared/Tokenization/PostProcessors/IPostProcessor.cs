namespace Sensorium.Tokenization.PostProcessors;

/// <summary>A step that frames the tokens of a text, or of two, with special ones. Safe for concurrent use.</summary>
internal interface IPostProcessor
{
    /// <summary>How many special tokens it adds.</summary>
    int CountAdded(bool isPair);

    List<EncodedPart> Process(List<EncodedPart> parts, bool addsSpecial);
}

namespace Sensorium.Tokenization.Text;

/// <summary>What becomes of the delimiters when a text is split, as tokenizer.json names it.</summary>
internal enum SplitBehavior
{
    Removed,
    Isolated,
    MergedWithPrevious,
    MergedWithNext,
    Contiguous,
}

namespace Sensorium.Tokenization.PostProcessors;

internal sealed class SequencePostProcessor(IPostProcessor[] steps) : IPostProcessor
{
    public int CountAdded(bool isPair) => steps.Sum(step => step.CountAdded(isPair));

    public List<EncodedPart> Process(List<EncodedPart> parts, bool addsSpecial) =>
        steps.Aggregate(parts, (current, step) => step.Process(current, addsSpecial));
}

namespace Sensorium.Tokenization.PostProcessors;

/// <summary><c>[CLS] a [SEP]</c>, and <c>b [SEP]</c> of the second type.</summary>
internal sealed class BertPostProcessor(int cls, int sep) : IPostProcessor
{
    public int CountAdded(bool isPair) => isPair ? 3 : 2;

    public List<EncodedPart> Process(List<EncodedPart> parts, bool addsSpecial)
    {
        if (!addsSpecial)
        {
            return parts;
        }

        List<EncodedPart> framed = [EncodedPart.Special([cls], 0)];
        for (var i = 0; i < parts.Count; i++)
        {
            framed.Add(parts[i]);
            framed.Add(EncodedPart.Special([sep], Math.Min(i, 1)));
        }

        return framed;
    }
}

namespace Sensorium.Tokenization.PostProcessors;

/// <summary><c>&lt;s&gt; a &lt;/s&gt;</c>, and <c>&lt;/s&gt; b &lt;/s&gt;</c>; all of one type.</summary>
internal sealed class RobertaPostProcessor(int cls, int sep) : IPostProcessor
{
    public int CountAdded(bool isPair) => isPair ? 4 : 2;

    public List<EncodedPart> Process(List<EncodedPart> parts, bool addsSpecial)
    {
        List<EncodedPart> framed = [];
        for (var i = 0; i < parts.Count; i++)
        {
            var text = parts[i] with { TypeId = 0 };
            framed.AddRange(addsSpecial
                ? [EncodedPart.Special([i == 0 ? cls : sep], 0), text, EncodedPart.Special([sep], 0)]
                : [text]);
        }

        return framed;
    }
}

using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.Normalizers;

internal sealed class SequenceNormalizer(INormalizer[] steps) : INormalizer
{
    public AlignedText Normalize(AlignedText text)
    {
        foreach (var step in steps)
        {
            text = step.Normalize(text);
        }

        return text;
    }
}

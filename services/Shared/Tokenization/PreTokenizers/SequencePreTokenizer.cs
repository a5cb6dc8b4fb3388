using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.PreTokenizers;

internal sealed class SequencePreTokenizer(IPreTokenizer[] steps) : IPreTokenizer
{
    public bool NeedsPlaces => steps.Any(step => step.NeedsPlaces);

    public void Apply(Segment segment)
    {
        foreach (var step in steps)
        {
            step.Apply(segment);
        }
    }
}

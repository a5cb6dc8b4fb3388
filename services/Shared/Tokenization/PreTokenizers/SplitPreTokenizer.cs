using Sensorium.Tokenization.Text;

namespace Sensorium.Tokenization.PreTokenizers;

internal sealed class SplitPreTokenizer(Splitter.RunFinder find, SplitBehavior behavior) : IPreTokenizer
{
    public void Apply(Segment segment) => Splitter.Split(segment, find, behavior);
}

using Sensorium.Bench.Pictures;

namespace Sensorium.Bench.Sections;

/// <summary>One user's pictures: each turn shows the last ones again and one more; after so many turns another conversation begins.</summary>
/// <param name="firstTurn">Where the first conversation is when it comes in, so that those of several users do not begin together.</param>
internal sealed class Conversation(PictureSet pictures, int picturesOfTurn, int turns, int firstTurn)
{
    private readonly Queue<byte[]> _shown = new();

    public int Turn { get; private set; } = firstTurn;

    public byte[][] Next()
    {
        if (Turn == turns)
        {
            Turn = 0;
            _shown.Clear();
        }
        else if (_shown.Count == picturesOfTurn)
        {
            _shown.Dequeue();
        }

        while (_shown.Count < picturesOfTurn)
        {
            _shown.Enqueue(pictures.Distinct());
        }

        Turn++;
        return [.. _shown];
    }
}

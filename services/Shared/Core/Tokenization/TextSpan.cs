namespace Sensorium.Core.Tokenization;

/// <summary>A range of a text in UTF-16 units; <paramref name="End"/> is the first that does not belong to it.</summary>
public readonly record struct TextSpan(int Start, int End)
{
    public int Length => End - Start;
}

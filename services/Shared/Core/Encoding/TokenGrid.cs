namespace Sensorium.Core.Encoding;

/// <summary>How the feature tokens of a picture, or of some frames of a clip, lie: frame by frame, row by row.</summary>
public readonly record struct TokenGrid(int Frames, int Rows, int Columns)
{
    /// <summary>When its first frame is shown; zero for a picture. Known where a clip's segments are: it is not on the wire.</summary>
    public TimeSpan Start { get; init; }

    public int Tokens => Frames * Rows * Columns;
}

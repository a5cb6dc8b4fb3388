namespace Sensorium.Core.Encoding;

/// <summary>How the feature tokens of a picture, or of some frames of a clip, lie: frame by frame, row by row.</summary>
public readonly record struct TokenGrid(int Frames, int Rows, int Columns)
{
    public int Tokens => Frames * Rows * Columns;
}

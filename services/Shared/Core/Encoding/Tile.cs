namespace Sensorium.Core.Encoding;

/// <summary>The place of a part of a picture among the others; both count from 1.</summary>
public readonly record struct Tile(int Row, int Column);

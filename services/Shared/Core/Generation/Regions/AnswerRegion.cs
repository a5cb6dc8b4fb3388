namespace Sensorium.Core.Generation.Regions;

/// <summary>A part of the picture that an answer names.</summary>
/// <param name="Label">What is said of it; empty if nothing is.</param>
/// <param name="Corners">Two of a box, upper left and lower right; all four of a quadrangle, from the upper left on.</param>
public sealed record AnswerRegion(string Label, IReadOnlyList<RegionCorner> Corners);

/// <summary>From 0 to 1 of the picture's width and height.</summary>
public readonly record struct RegionCorner(float X, float Y);

/// <summary>How an answer names parts of the picture.</summary>
public enum RegionForm
{
    /// <summary>It names none.</summary>
    None,

    /// <summary>Any number of boxes behind each label.</summary>
    Boxes,

    /// <summary>One quadrangle behind each text, as lines of writing lie.</summary>
    Quadrangles,
}

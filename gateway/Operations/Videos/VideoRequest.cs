using Sensorium.Core.Diffusion;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Videos;

/// <summary>What a clip is made of.</summary>
/// <param name="Like">What all its frames have in common.</param>
/// <param name="Prompts">One after the other.</param>
/// <param name="Duration">Null for that of the sound.</param>
internal sealed record VideoRequest(ImageJob Like, IReadOnlyList<string> Prompts, double? FramesPerSecond, TimeSpan? Duration)
{
    private const double UsualRate = 8;
    private const double FastestRate = 30;
    private const int MostPrompts = 32;
    private static readonly TimeSpan UsualDuration = TimeSpan.FromSeconds(4);

    /// <summary>Longest clip, and the longest part of a sound that is listened to.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(2);

    public double Rate => FramesPerSecond ?? UsualRate;

    /// <exception cref="SensoriumException">INVALID_PARAMETER that names the field.</exception>
    public void Check()
    {
        Require(Prompts.Count is >= 1 and <= MostPrompts, "prompts", $"there are {Prompts.Count} prompts; a clip has from 1 to {MostPrompts}");
        for (var i = 0; i < Prompts.Count; i++)
        {
            Require(!string.IsNullOrWhiteSpace(Prompts[i]), $"prompts[{i}]", $"prompts[{i}] is empty; it says what shall be seen");
        }

        Require(Rate is >= 1 and <= FastestRate, "frames_per_second", $"frames_per_second is from 1 to {FastestRate}");
        Require(Duration is null || (Duration > TimeSpan.Zero && Duration <= Longest), "duration", $"duration is over 0 and up to {Longest.TotalSeconds} s");
    }

    /// <param name="sound">How long the sound is; null if there is none.</param>
    public int FramesOf(TimeSpan? sound)
    {
        var seconds = (Duration ?? sound ?? UsualDuration).TotalSeconds;
        return Math.Max(2, (int)Math.Round(seconds * Rate));
    }

    private static void Require(bool holds, string field, string rule)
    {
        if (!holds)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{rule}.", field);
        }
    }
}

namespace Sensorium.Media.Ffmpeg;

/// <summary>What decoding found wrong with a medium of which something could be used.</summary>
public sealed class DecodingReport
{
    /// <summary>The first complaint; null if there was none.</summary>
    public string? Damage { get; private set; }

    internal void Add(string damage) => Damage ??= damage;

    internal void Add(StandardErrors errors, string? problem)
    {
        if (Damage is null && (problem is not null || errors.Complained))
        {
            Damage = problem ?? (errors.Summary.Length > 0 ? errors.Summary : "its length and its size do not match");
        }
    }
}

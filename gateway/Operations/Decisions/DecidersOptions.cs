namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Taught deciders. Section "Sensorium:Deciders".</summary>
internal sealed class DecidersOptions
{
    public const string Section = "Sensorium:Deciders";

    /// <summary>Folder that deciders are kept in; replicas that share it serve the same ones. Empty keeps them as long as the process runs.</summary>
    public string Folder { get; set; } = "";

    /// <summary>Most deciders in memory at a time; the one that was not asked for longest is unloaded.</summary>
    public int MaxLoaded { get; set; } = 16;

    /// <summary>Most cases that a decider is taught by.</summary>
    public int MaxCases { get; set; } = 50_000;
}

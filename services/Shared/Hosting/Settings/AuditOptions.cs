namespace Sensorium.Hosting.Settings;

/// <summary>What is written down of each request. Section "Sensorium:Audit".</summary>
public sealed class AuditOptions
{
    public const string Section = "Sensorium:Audit";

    /// <summary>
    /// File to which a line of JSON is appended for each request of a caller: who, what, which model, hashes of media, tokens,
    /// how it ended. It may be moved away at any time. Empty writes none.
    /// </summary>
    public string Path { get; set; } = "";
}

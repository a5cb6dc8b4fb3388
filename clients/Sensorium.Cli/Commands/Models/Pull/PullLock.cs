using System.Text.Json;

namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>What was taken, written into the model's folder.</summary>
internal sealed record PullLock(string Source, string Revision, string Variant, IReadOnlyList<LockedFile> Files)
{
    public const string FileName = "sensorium.lock.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
    };

    public void Write(string folder) => File.WriteAllBytes(Path.Combine(folder, FileName), JsonSerializer.SerializeToUtf8Bytes(this, Json));

    /// <summary>Null if the folder was not pulled.</summary>
    public static PullLock? Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return File.Exists(path) ? JsonSerializer.Deserialize<PullLock>(File.ReadAllBytes(path), Json) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

internal sealed record LockedFile(string Path, long SizeBytes, string Sha256);

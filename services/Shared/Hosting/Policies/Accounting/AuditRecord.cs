using System.Text.Json.Serialization;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>One line of the audit file: who asked what of which model, and how it ended. Nothing of what was said, shown or answered.</summary>
internal sealed record AuditRecord
{
    /// <summary>When the call came.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>That of the distributed trace, if there is one.</summary>
    public string? Trace { get; init; }

    public required string Tenant { get; init; }

    /// <summary>Tells keys apart: the first half of the hash of a hash, and no key; null without keys.</summary>
    public string? Key { get; init; }

    /// <summary>The route, as "/sensorium.v1.SensoriumService/Embed" or "/v1/embeddings".</summary>
    public required string Call { get; init; }

    /// <summary>"grpc" or "http".</summary>
    public required string Protocol { get; init; }

    /// <summary>Those that answered.</summary>
    public required IReadOnlyList<string> Models { get; init; }

    /// <summary>SHA-256 of each medium that is no text.</summary>
    public required IReadOnlyList<string> Media { get; init; }

    /// <summary>Media and texts that models were asked for.</summary>
    public required int Items { get; init; }

    public required long TokensIn { get; init; }

    public required long TokensOut { get; init; }

    /// <summary>Name of the gRPC status, or number of the HTTP status.</summary>
    public required string Status { get; init; }

    /// <summary>Of the error, as in docs/errors.md; null after a success.</summary>
    public string? Reason { get; init; }

    /// <summary>The caller went away before the end of the answer.</summary>
    public required bool Cut { get; init; }

    public required double Seconds { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AuditRecord))]
internal sealed partial class AuditJson : JsonSerializerContext;

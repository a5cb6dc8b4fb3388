using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Which model, and what it can do.</summary>
public static class ModelMapping
{
    /// <summary>Version of the contracts in protos/; a client refuses a higher major number.</summary>
    public const string ProtocolVersion = "1.0";

    public static V1.ModelRef ToProto(this ModelIdentity model) => new()
    {
        Id = model.Id,
        Revision = model.Revision,
        Variant = model.Variant,
        SpaceId = model.SpaceId,
        PreprocessingDigest = model.PreprocessingDigest,
        Device = model.Device,
        License = model.License,
    };

    public static ModelIdentity ToDomain(this V1.ModelRef model) => new(
        model.Id,
        model.Revision,
        model.Variant,
        model.SpaceId,
        model.PreprocessingDigest,
        model.Device,
        model.License);

    public static V1.ModelSelector? ToProto(this ModelSelector? selector) =>
        selector is null ? null : new V1.ModelSelector { Id = selector.Id ?? "", Revision = selector.Revision ?? "" };

    /// <summary>Null if nothing is pinned.</summary>
    public static ModelSelector? ToDomain(this V1.ModelSelector? selector) =>
        selector is null or { Id: "", Revision: "" }
            ? null
            : selector.Revision.Length == 0 ? ModelSelector.Parse(selector.Id) : new ModelSelector(NullIfEmpty(selector.Id), selector.Revision);

    public static V1.DescribeGenerationResponse ToProto(this GenerationDescription description) => new()
    {
        ProtocolVersion = ProtocolVersion,
        Model = description.Model.ToProto(),
        Fusions =
        {
            description.Fusions.Select(fusion => new V1.Fusion { Modalities = { fusion.Select(EnumMapping.ToProto) } }),
        },
        MaxTrainedPromptTokens = description.MaxTrainedPromptTokens,
        MaxTokens = description.MaxTokens,
        MaxFusedTokens = description.MaxFusedTokens,
        MaxBeams = description.MaxBeams,
        Languages = { description.Languages },
        Explains = description.Explains,
    };

    public static GenerationDescription ToDomain(this V1.DescribeGenerationResponse response) => new(
        response.Model.ToDomain(),
        [.. response.Fusions.Select(fusion => (IReadOnlyList<Modality>)[.. fusion.Modalities.Select(modality => modality.ToDomain() ?? throw UnknownModality(modality))])],
        response.MaxTrainedPromptTokens,
        response.MaxTokens,
        response.MaxFusedTokens,
        response.MaxBeams,
        [.. response.Languages],
        response.Explains);

    private static SensoriumException UnknownModality(V1.Modality modality) => SensoriumException.Unavailable(
        ErrorReasons.PeerUnavailable, $"A service names modality {(int)modality}, which is not known here.");

    private static string? NullIfEmpty(string value) => value.Length == 0 ? null : value;
}

using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>What an encoder says that it serves.</summary>
public static class DescriptionMapping
{
    public static V1.DescribeResponse ToProto(this ServedModels<EncoderDescription> served, Modality modality)
    {
        var response = new V1.DescribeResponse
        {
            ProtocolVersion = ModelMapping.ProtocolVersion,
            Modality = modality.ToProto(),
            Models = { served.Models.Select(ToProto) },
            Unserved = { served.Unserved.Select(ToProto) },
        };
        if (response.Models.FirstOrDefault() is { } first)
        {
            (response.Model, response.Limits) = (first.Model, first.Limits);
            (response.EmbeddingWidth, response.FeatureWidth) = (first.EmbeddingWidth, first.FeatureWidth);
            response.Languages.Add(first.Languages);
            response.Tracks.Add(first.Tracks);
        }

        return response;
    }

    public static V1.UnservedModel ToProto(this UnservedModel model) => new()
    {
        Id = model.Id,
        Reason = model.Reason,
        IsDefault = model.IsDefault,
        Aliases = { model.Aliases },
        NamedTasks = { model.NamedTasks.Select(RunningModelMapping.ToProto) },
    };

    /// <exception cref="SensoriumException">UNAVAILABLE: the service is of a modality that is not known here.</exception>
    public static ServedModels<EncoderDescription> ToDomain(this V1.DescribeResponse response)
    {
        var modality = response.Modality.ToDomain() ?? throw SensoriumException.Unavailable(
            ErrorReasons.PeerUnavailable, $"A service names modality {(int)response.Modality}, which is not known here.");
        IEnumerable<V1.ServedModel> models = response.Models.Count > 0 || response.Model is null ? response.Models : [Single(response)];
        return new ServedModels<EncoderDescription>(
            ModalityTable.Of(modality).Service,
            [.. models.Select(model => model.ToDomain(modality))],
            [.. response.Unserved.Select(ToDomain)]);
    }

    public static UnservedModel ToDomain(this V1.UnservedModel model) => new(model.Id, model.Reason, model.IsDefault)
    {
        Aliases = [.. model.Aliases],
        NamedTasks = [.. model.NamedTasks.Select(RunningModelMapping.ToDomain)],
    };

    // An encoder that knows nothing of several models describes its own in the fields of the response.
    private static V1.ServedModel Single(V1.DescribeResponse response) => new()
    {
        Model = response.Model,
        Limits = response.Limits,
        EmbeddingWidth = response.EmbeddingWidth,
        FeatureWidth = response.FeatureWidth,
        Languages = { response.Languages },
        Tracks = { response.Tracks },
    };

    private static V1.ServedModel ToProto(EncoderDescription description)
    {
        var model = Common(description);
        if (description.Similarity is { } similarity)
        {
            model.LogitScale = similarity.Scale;
        }

        if (description.Similarity?.Bias is { } bias)
        {
            model.LogitBias = bias;
        }

        if (description.Labels is { } labels)
        {
            model.Labels.Add(labels.Names);
            model.LabelsAreIndependent = labels.Independent;
        }

        return model;
    }

    private static V1.ServedModel Common(EncoderDescription description) => new()
    {
        Model = description.Model.ToProto(),
        EmbeddingWidth = description.EmbeddingWidth,
        FeatureWidth = description.FeatureWidth,
        Limits = new V1.EncoderLimits
        {
            MaxItems = description.Limits.MaxItems,
            MaxItemBytes = description.Limits.MaxItemBytes,
            MaxPixels = description.Limits.MaxPixels,
            MaxTokens = description.Limits.MaxTokens,
            MaxSegments = description.Limits.MaxSegments,
            MaxMediaSeconds = (long)description.Limits.MaxDuration.TotalSeconds,
        },
        Languages = { description.Languages },
        Tracks = { description.Tracks.Select(EnumMapping.ToProto) },
        Aliases = { description.Aliases },
        NamedTasks = { description.NamedTasks.Select(RunningModelMapping.ToProto) },
    };

    private static EncoderDescription ToDomain(this V1.ServedModel model, Modality modality)
    {
        var limits = model.Limits ?? new V1.EncoderLimits();
        return new EncoderDescription(
            modality,
            model.Model.ToDomain(),
            model.EmbeddingWidth,
            model.FeatureWidth,
            new EncoderLimits(
                limits.MaxItems,
                limits.MaxItemBytes,
                limits.MaxPixels,
                limits.MaxTokens,
                limits.MaxSegments,
                TimeSpan.FromSeconds(limits.MaxMediaSeconds)),
            [.. model.Languages],
            [.. model.Tracks.Select(EnumMapping.ToDomain)])
        {
            Aliases = [.. model.Aliases],
            NamedTasks = [.. model.NamedTasks.Select(RunningModelMapping.ToDomain)],
            Similarity = model.HasLogitScale ? new SimilarityScale(model.LogitScale, model.HasLogitBias ? model.LogitBias : null) : null,
            Labels = model.Labels.Count > 0 ? new ModelLabels([.. model.Labels], model.LabelsAreIndependent) : null,
        };
    }
}

using Sensorium.Core.Generation;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Requests for captions.</summary>
public static class CaptionRequestMapping
{
    public static CaptionJob ToJob(this V1.GenerateRequest request, string requestId, IReadOnlyList<MediaItem> media) => new(
        requestId,
        media,
        request.Prompt.Length == 0 ? null : request.Prompt,
        request.Parameters.ToDomain(),
        request.AllowPartial,
        request.Explain,
        request.Model.ToDomain(),
        request.CachePolicy.ToDomain("cache_policy"),
        request.Priority.ToDomain("priority"));

    /// <summary>What the gateway is asked for is what it asks of the generation service, but for the media.</summary>
    public static V1.GenerateRequest ToGenerate(this V1.CaptionRequest request) => new()
    {
        Prompt = request.Prompt,
        Parameters = request.Parameters,
        AllowPartial = request.AllowPartial,
        Explain = request.Explain,
        Model = request.Model,
        CachePolicy = request.CachePolicy,
        Priority = request.Priority,
    };

    /// <summary>Everything of the job but its conversation.</summary>
    public static CaptionJob ToJob(this V1.SensoriumServiceGenerateRequest request, string requestId) => new(
        requestId,
        [],
        Prompt: null,
        request.Parameters.ToDomain(),
        Model: request.Model.ToDomain(),
        Cache: request.CachePolicy.ToDomain("cache_policy"),
        Priority: request.Priority.ToDomain("priority"));

    public static V1.GenerateRequest ToProto(this CaptionJob job) => new()
    {
        RequestId = job.RequestId,
        Media = { job.Messages.Count == 0 ? job.Media.Select(MediaMapping.ToProto) : [] },
        Messages = { job.Messages.Select(message => message.ToProto(job.Media)) },
        Prompt = job.Prompt ?? "",
        Parameters = job.Parameters.ToProto(),
        AllowPartial = job.AllowPartial,
        Explain = job.Explain,
        Model = job.Model.ToProto(),
        CachePolicy = job.Cache.ToProto(),
        Priority = job.Priority.ToProto(),
    };

    /// <summary>Unset fields stay null; the engine checks the ranges, because only it knows the model's limits.</summary>
    public static GenerationParameters ToDomain(this V1.GenerationParameters? parameters) => parameters is null
        ? new GenerationParameters()
        : new GenerationParameters
        {
            Temperature = parameters.HasTemperature ? parameters.Temperature : null,
            TopP = parameters.HasTopP ? parameters.TopP : null,
            TopK = parameters.HasTopK ? parameters.TopK : null,
            MaxNewTokens = parameters.HasMaxNewTokens ? parameters.MaxNewTokens : null,
            MinNewTokens = parameters.HasMinNewTokens ? parameters.MinNewTokens : null,
            NumBeams = parameters.HasNumBeams ? parameters.NumBeams : null,
            LengthPenalty = parameters.HasLengthPenalty ? parameters.LengthPenalty : null,
            RepetitionPenalty = parameters.HasRepetitionPenalty ? parameters.RepetitionPenalty : null,
            NoRepeatNgramSize = parameters.HasNoRepeatNgramSize ? parameters.NoRepeatNgramSize : null,
            Seed = parameters.HasSeed ? parameters.Seed : null,
            Stop = [.. parameters.Stop],
            Choices = parameters.HasN ? parameters.N : null,
            ForcedTokenIds = [.. parameters.ForcedTokenIds],
        };

    private static V1.GenerationParameters ToProto(this GenerationParameters parameters)
    {
        var proto = new V1.GenerationParameters { Stop = { parameters.Stop }, ForcedTokenIds = { parameters.ForcedTokenIds } };
        Set(parameters.Temperature, value => proto.Temperature = value);
        Set(parameters.TopP, value => proto.TopP = value);
        Set(parameters.TopK, value => proto.TopK = value);
        Set(parameters.MaxNewTokens, value => proto.MaxNewTokens = value);
        Set(parameters.MinNewTokens, value => proto.MinNewTokens = value);
        Set(parameters.NumBeams, value => proto.NumBeams = value);
        Set(parameters.LengthPenalty, value => proto.LengthPenalty = value);
        Set(parameters.RepetitionPenalty, value => proto.RepetitionPenalty = value);
        Set(parameters.NoRepeatNgramSize, value => proto.NoRepeatNgramSize = value);
        Set(parameters.Seed, value => proto.Seed = value);
        Set(parameters.Choices, value => proto.N = value);
        return proto;
    }

    private static void Set<T>(T? value, Action<T> assign)
        where T : struct
    {
        if (value is { } given)
        {
            assign(given);
        }
    }
}

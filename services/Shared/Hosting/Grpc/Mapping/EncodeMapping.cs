using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Errors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Batches and outcomes of encoders.</summary>
public static class EncodeMapping
{
    /// <summary>What the options ask for; the items are added when they are known.</summary>
    /// <param name="options">Null means the defaults.</param>
    /// <param name="requestId">Of the request.</param>
    /// <param name="path">Of the options within the request.</param>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a field is out of its range.</exception>
    public static EncodeBatch ToBatch(this V1.EncodeOptions? options, string requestId, string path = "options.")
    {
        if (options is null)
        {
            return new EncodeBatch(requestId, []);
        }

        if (options.MaxSegments < 0)
        {
            var field = $"{path}max_segments";
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{field} is {options.MaxSegments}; it must not be negative.", field);
        }

        return new EncodeBatch(
            requestId,
            [],
            options.Outputs.IncludesFeatures($"{path}outputs"),
            options.Model.ToDomain(),
            options.CachePolicy.ToDomain($"{path}cache_policy"),
            options.Priority.ToDomain($"{path}priority"),
            options.MaxSegments)
        {
            Text = new TextReading(options.PromptName, options.HasPairedWith ? options.PairedWith : null, options.Truncate),
        };
    }

    public static V1.EncodeRequest ToProto(this EncodeBatch batch)
    {
        var request = new V1.EncodeRequest
        {
            RequestId = batch.RequestId,
            Items = { batch.Items.Select(MediaMapping.ToProto) },
            Options = new V1.EncodeOptions
            {
                Model = batch.Model.ToProto(),
                Outputs = { V1.Output.Embedding },
                CachePolicy = batch.Cache.ToProto(),
                Priority = batch.Priority.ToProto(),
                MaxSegments = batch.MaxSegments,
                PromptName = batch.Text.Prompt,
                Truncate = batch.Text.Truncate,
            },
        };
        if (batch.Text.PairedWith is { } first)
        {
            request.Options.PairedWith = first;
        }

        if (batch.WithFeatures)
        {
            request.Options.Outputs.Add(V1.Output.Features);
        }

        return request;
    }

    public static V1.EncodeResult ToProto(this EncodeOutcome outcome)
    {
        var result = new V1.EncodeResult
        {
            ItemId = outcome.ItemId,
            CacheStatus = outcome.CacheStatus.ToProto(),
            Warnings = { outcome.Warnings.Select(ToProto) },
            Usage = new V1.EncodeUsage
            {
                InputUnits = outcome.Usage.InputUnits,
                Segments = outcome.Usage.Segments,
                MediaDuration = outcome.Usage.MediaDuration?.ToDuration(),
            },
            Timing = outcome.Timing.ToProto(),
        };
        if (outcome.Error is { } error)
        {
            result.Error = error.ToErrorStatus();
        }
        else if (outcome.Encoded is { } encoded)
        {
            result.Encoded = encoded.ToProto();
        }

        return result;
    }

    /// <param name="result">As it came from a peer.</param>
    /// <param name="model">Of the response as a whole.</param>
    public static EncodeOutcome ToDomain(this V1.EncodeResult result, ModelIdentity model) => new(result.ItemId)
    {
        Encoded = result.Encoded?.ToDomain(model),
        Error = result.Error?.ToException(),
        CacheStatus = result.CacheStatus.ToDomain(),
        Warnings = [.. result.Warnings.Select(ToDomain)],
        Usage = new EncodeUsage(
            result.Usage?.InputUnits ?? 0,
            result.Usage?.Segments ?? 0,
            result.Usage?.MediaDuration?.ToTimeSpan()),
        Timing = result.Timing.ToDomain(),
    };

    public static V1.Timing ToProto(this EncodeTiming timing) => new()
    {
        Preprocess = timing.Preprocess?.ToDuration(),
        Queue = timing.Queue?.ToDuration(),
        Inference = timing.Inference?.ToDuration(),
        Total = timing.Total?.ToDuration(),
        BatchSize = timing.BatchSize,
    };

    public static EncodeTiming ToDomain(this V1.Timing? timing) => new()
    {
        Preprocess = timing?.Preprocess?.ToTimeSpan(),
        Queue = timing?.Queue?.ToTimeSpan(),
        Inference = timing?.Inference?.ToTimeSpan(),
        Total = timing?.Total?.ToTimeSpan(),
        BatchSize = timing?.BatchSize ?? 0,
    };

    public static V1.Warning ToProto(this MediaWarning warning) => new()
    {
        Reason = warning.Reason,
        Message = warning.Message,
        ItemId = warning.ItemId ?? "",
    };

    public static MediaWarning ToDomain(this V1.Warning warning) =>
        new(warning.Reason, warning.Message, warning.ItemId.Length == 0 ? null : warning.ItemId);

    private static V1.EncodedMedia ToProto(this EncodedMedia encoded)
    {
        var media = new V1.EncodedMedia
        {
            Embedding = TensorMapping.ToProto(encoded.Embedding, encoded.Embedding.Length),
            Truncated = encoded.Truncated,
            SegmentsAvailable = encoded.SegmentsAvailable,
        };
        foreach (var segment in encoded.Segments)
        {
            media.Segments.Add(new V1.Segment
            {
                Range = segment.Range?.ToProto(),
                Embedding = TensorMapping.ToProto(segment.Embedding, segment.Embedding.Length),
                Features = segment.Features?.ToProto(),
                Tile = segment.Tile is { } tile ? new V1.Tile { Row = tile.Row, Column = tile.Column } : null,
                Grids = { GridMapping.ToProto(segment.Features) },
            });
        }

        return media;
    }

    private static EncodedMedia ToDomain(this V1.EncodedMedia encoded, ModelIdentity model) => new(
        encoded.Embedding.ToVector(),
        [.. encoded.Segments.Select(ToDomain)],
        encoded.SegmentsAvailable == 0 ? encoded.Segments.Count : encoded.SegmentsAvailable,
        encoded.Truncated,
        model);

    private static EncodedSegment ToDomain(this V1.Segment segment) =>
        new(segment.Range?.ToDomain(), segment.Embedding.ToVector(), GridMapping.ToFeatures(segment))
        {
            Tile = segment.Tile is { } tile ? new Tile(tile.Row, tile.Column) : null,
        };
}

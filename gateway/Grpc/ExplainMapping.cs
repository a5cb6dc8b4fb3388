using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>Questions to the domain, and what came of them back.</summary>
internal static class ExplainMapping
{
    /// <exception cref="SensoriumException">There is no question, or its scoring is none that is known here.</exception>
    public static ExplainQuestion ToQuestion(this V1.ExplainRequest request, string requestId, DateTimeOffset? deadline)
    {
        var priority = request.Priority == V1.Priority.Unspecified ? V1.Priority.Low : request.Priority;
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy, Priority = priority };
        var encoding = options.ToBatch(requestId, path: "") with { Deadline = deadline };
        return new ExplainQuestion(request.ToSubject(requestId, deadline), request.Grid, request.Parts, request.Draw, encoding);
    }

    public static V1.ExplainResponse ToProto(this Explained explained, string requestId) => new()
    {
        RequestId = requestId,
        Explanations = { explained.Media.Select(ToProto) },
        SpaceId = explained.SpaceId,
        Models = { explained.Models.Select(ModelMapping.ToProto) },
        Warnings = { explained.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static Subject ToSubject(this V1.ExplainRequest request, string requestId, DateTimeOffset? deadline) => request.QuestionCase switch
    {
        V1.ExplainRequest.QuestionOneofCase.SimilarTo => new SimilaritySubject(MediaInputs.Read(request.SimilarTo, "similar_to"), request.BothSides),
        V1.ExplainRequest.QuestionOneofCase.Label => new LabelSubject(request.Label, request.ToLabels().ToQuestion(requestId, deadline)),
        _ => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "question is missing: give similar_to or label.", "question"),
    };

    private static V1.ClassifyRequest ToLabels(this V1.ExplainRequest request)
    {
        var labels = new V1.ClassifyRequest
        {
            Labels = { request.Labels },
            Templates = { request.Templates },
            Scoring = request.Scoring,
            Model = request.Model,
            CachePolicy = request.CachePolicy,
        };
        if (request.HasLogitScale)
        {
            labels.LogitScale = request.LogitScale;
        }

        if (request.HasLogitBias)
        {
            labels.LogitBias = request.LogitBias;
        }

        return labels;
    }

    private static V1.Explanation ToProto(ExplainedMedium medium)
    {
        var explanation = new V1.Explanation
        {
            ItemId = medium.ItemId,
            Modality = medium.Modality.ToProto(),
            Score = (float)medium.Score,
            Weights = { medium.Weighed.Weights.Select(weight => (float)weight) },
            Runs = medium.Weighed.Runs,
            CacheHits = medium.Weighed.CacheHits,
        };
        SetLayout(explanation, medium.Layout);
        if (medium.Weighed.BlankScore is { } blank)
        {
            explanation.BlankScore = (float)blank;
        }

        if (medium.Drawn is { } drawn)
        {
            explanation.Drawing = new V1.Drawing { Data = UnsafeByteOperations.UnsafeWrap(drawn.Data), MediaType = drawn.MediaType };
        }

        return explanation;
    }

    private static void SetLayout(V1.Explanation explanation, PartLayout layout)
    {
        switch (layout)
        {
            case GridLayout grid:
                explanation.Grid = new V1.PictureGrid { Rows = grid.Rows, Columns = grid.Columns };
                break;
            case TimeLayout time:
                var ranges = time.Ranges.Select(range => new V1.TimeRange { Start = range.Start.ToDuration(), End = range.End!.Value.ToDuration() });
                explanation.Spans = new V1.TimeSpans { Ranges = { ranges } };
                break;
            case WordLayout text:
                explanation.Words = new V1.TextWords { Words = { text.Words.Select(word => text.Text.Substring(word.Start, word.Length)) } };
                break;
        }
    }
}

using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Drawing;
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
        SpaceId = explained.Models[0].SpaceId,
        Caption = explained.Caption ?? "",
        Models = { explained.Models.Select(ModelMapping.ToProto) },
        Warnings = { explained.Warnings.Select(EncodeMapping.ToProto) },
    };

    private static Subject ToSubject(this V1.ExplainRequest request, string requestId, DateTimeOffset? deadline) => request.QuestionCase switch
    {
        V1.ExplainRequest.QuestionOneofCase.SimilarTo => new SimilaritySubject(MediaInputs.Read(request.SimilarTo, "similar_to"), request.BothSides),
        V1.ExplainRequest.QuestionOneofCase.Label => new LabelSubject(request.Label, request.ToLabels().ToQuestion(requestId, deadline)),
        V1.ExplainRequest.QuestionOneofCase.Caption => new CaptionSubject(request.Caption.Parameters.ToDomain()),
        _ => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "question is missing: give similar_to, label or caption.", "question"),
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

    public static V1.Explanation ToProto(ExplainedMedium medium)
    {
        var explanation = new V1.Explanation
        {
            ItemId = medium.ItemId,
            Modality = medium.Modality.ToProto(),
            Score = (float)medium.Score,
            Weights = { medium.Weighed.Weights.Select(weight => (float)weight) },
            Runs = medium.Weighed.Runs,
            CacheHits = medium.Weighed.CacheHits,
            Tokens = { medium.Tokens.Select((token, i) => ToProto(token, medium.Weighed.Scores[i + 1])) },
            Drawing = ToProto(medium.Weighed.Scores[0].Drawn),
        };
        SetLayout(explanation, medium.Layout);
        if (medium.Weighed.BlankScore is { } blank)
        {
            explanation.BlankScore = (float)blank;
        }

        return explanation;
    }

    private static V1.ExplainedToken ToProto(CaptionToken token, PartWeights weights) => new()
    {
        TokenId = token.Id,
        Text = token.Text,
        Logprob = (float)token.LogProb,
        Weights = { weights.Weights.Select(weight => (float)weight) },
        Drawing = ToProto(weights.Drawn),
    };

    private static V1.Drawing? ToProto(Drawn? drawn) => drawn is null
        ? null
        : new V1.Drawing { Data = UnsafeByteOperations.UnsafeWrap(drawn.Data), MediaType = drawn.MediaType };

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

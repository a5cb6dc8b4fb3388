using Sensorium.Core.Errors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;
using Sensorium.Gateway.Operations.Decisions;
using Sensorium.Hosting.Grpc.Errors;
using Sensorium.Hosting.Grpc.Mapping;

namespace Sensorium.Gateway.Grpc;

/// <summary>What is asked and taught to the domain, and answers back.</summary>
internal static class DecideMapping
{
    public static DecideRequest ToDomain(this V1.DecideRequest request, string requestId, DateTimeOffset? deadline)
    {
        var options = new V1.EncodeOptions { Model = request.Model, CachePolicy = request.CachePolicy, Priority = request.Priority };
        var asked = new DecideOptions(
            request.MinConfidence,
            request.HasCoverage ? request.Coverage : 1,
            request.HasMaxEvidence ? request.MaxEvidence : DecideOptions.Default.Evidence,
            request.HasMaxSimilarCases ? request.MaxSimilarCases : DecideOptions.Default.Similar);
        var batch = options.ToBatch(requestId, path: "") with { Deadline = deadline };
        var questions = request.Decider.Length > 0
            ? request.Questions.Select(question => Question.Predicate(question.Name, question.Instructions))
            : request.Questions.Select(ToDomain);
        return new DecideRequest(request.Decider, [.. questions], asked, batch)
        {
            Explaining = request.ExplainMedia is { } division ? new MediaDivision(division.Grid, division.Parts, division.Draw) : null,
        };
    }

    public static TeachRequest ToDomain(this V1.TeachHeader header, string requestId, DateTimeOffset? deadline)
    {
        var batch = new V1.EncodeOptions().ToBatch(requestId) with { Deadline = deadline };
        return new TeachRequest(header.Decider, [.. header.Questions.Select(ToDomain)], [.. header.Models.Select(model => model.ToDomain()).OfType<Core.Encoding.ModelSelector>()], batch)
        {
            Collection = header.Collection is { } source
                ? new CollectionSource(source.Name, source.Filter, source.LabelFields, source.GroupField, source.Fields)
                : null,
        };
    }

    public static V1.DecideResponse ToProto(this DecidedCases decided, string requestId) => new()
    {
        RequestId = requestId,
        Results = { decided.Cases.Select(ToProto) },
        Decider = decided.Decider?.Name ?? "",
        Models = { decided.Models.Select(ModelMapping.ToProto) },
        Notice = DeciderInfo.Notice,
    };

    public static V1.Question ToProto(this Question question)
    {
        var mapped = new V1.Question { Name = question.Name, Instructions = question.Instructions };
        var options = question.Options.Select(option => new V1.QuestionOption { Value = option.Value, Description = option.Description });
        if (question.Kind == QuestionKind.Predicate)
        {
            mapped.Predicate = new V1.PredicateQuestion();
        }
        else if (question.Kind == QuestionKind.Choice)
        {
            mapped.Choice = new V1.ChoiceQuestion { Choices = { options } };
        }
        else
        {
            mapped.Score = new V1.ScoreQuestion { Levels = { options } };
        }

        return mapped;
    }

    private static Question ToDomain(V1.Question question, int index) => question.KindCase switch
    {
        V1.Question.KindOneofCase.Predicate => Question.Predicate(question.Name, question.Instructions),
        V1.Question.KindOneofCase.Choice => new Question(question.Name, QuestionKind.Choice, question.Instructions, Options(question.Choice.Choices)),
        V1.Question.KindOneofCase.Score => new Question(question.Name, QuestionKind.Score, question.Instructions, Options(question.Score.Levels)),
        _ => throw SensoriumException.Invalid(
            ErrorReasons.InvalidQuestion, $"questions[{index}] is neither a predicate, nor a choice, nor a score.", $"questions[{index}]"),
    };

    private static QuestionOption[] Options(IEnumerable<V1.QuestionOption> options) => [.. options.Select(option => new QuestionOption(option.Value, option.Description))];

    private static V1.DecideResult ToProto(CaseOutcome outcome)
    {
        var result = new V1.DecideResult { CaseId = outcome.Id, Warnings = { outcome.Warnings.Select(EncodeMapping.ToProto) } };
        if (outcome.Error is { } error)
        {
            result.Error = error.ToErrorStatus();
            return result;
        }

        var explanations = outcome.Explained.Select(media => new V1.AnswerExplanation { Media = { media.Select(ExplainMapping.ToProto) } });
        result.Decision = new V1.Decision { Answers = { outcome.Answers.Select(ToProto) }, Explanations = { explanations } };
        return result;
    }

    public static V1.DecisionAnswer ToProto(this Answer answer) => new()
    {
        Question = answer.Question.Name,
        Probabilities = { answer.Probabilities.Select((probability, i) => new V1.OptionProbability { Value = answer.Question.Options[i].Value, Probability = probability }) },
        Choice = answer.Question.Options[answer.Best].Value,
        Confidence = answer.Confidence,
        Score = answer.Question.Kind == QuestionKind.Score ? answer.ExpectedLevel : 0,
        Calibrated = answer.Calibrated,
        Abstained = answer.Abstained switch
        {
            Abstention.NoEvidence => V1.AbstentionReason.NoEvidence,
            Abstention.UnlikeTaughtCases => V1.AbstentionReason.UnlikeTaughtCases,
            Abstention.LowConfidence => V1.AbstentionReason.LowConfidence,
            _ => V1.AbstentionReason.Unspecified,
        },
        Evidence = { answer.Evidence.Select(ToProto) },
        SimilarCases = { answer.Similar.Select(one => new V1.SimilarCase { CaseId = one.Id, Similarity = one.Similarity, Outcome = one.Outcome }) },
    };

    private static V1.DecisionEvidence ToProto(Evidence piece) => new()
    {
        Kind = piece.Kind switch
        {
            EvidenceKind.Field => V1.EvidenceKind.Field,
            EvidenceKind.Word => V1.EvidenceKind.Word,
            EvidenceKind.Medium => V1.EvidenceKind.Medium,
            _ => V1.EvidenceKind.Base,
        },
        Part = piece.Part,
        Where = piece.Where,
        Said = piece.Said,
        Weight = piece.Weight,
    };
}

using Sensorium.Core.Errors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Deciding;

/// <summary>A taught decider: answers the questions that it was taught.</summary>
public sealed class Decider
{
    private readonly Dictionary<string, IBlock> _blocks;
    private readonly CaseMemory _memory;

    internal Decider(DeciderInfo info, DeciderModel model, IReadOnlyList<RememberedCase> cases)
    {
        (Info, Model) = (info, model);
        _blocks = model.Blocks.All().ToDictionary(block => block.Name, StringComparer.Ordinal);
        _memory = new CaseMemory(cases, model.Blocks);
    }

    public DeciderInfo Info { get; }

    /// <summary>Of its weights, and of the vectors of the cases that it remembers.</summary>
    public long MemoryBytes => sizeof(float) * (Cases.Sum(one => one.Vectors.Values.Sum(vector => (long)vector.Length))
        + Model.Questions.SelectMany(question => question.Targets).SelectMany(target => target.Blocks).Sum(block => (long)block.Weights.Length));

    internal DeciderModel Model { get; }

    internal IReadOnlyList<RememberedCase> Cases => _memory.Cases;

    /// <param name="given">Its media embedded by the models that <see cref="DeciderInfo.Models"/> names.</param>
    /// <param name="names">Of the questions to answer, in order; empty answers all.</param>
    /// <param name="options">How.</param>
    /// <exception cref="SensoriumException">A field is of another type than was taught, or a question was not.</exception>
    public Decided Decide(DecisionCase given, IReadOnlyList<string> names, DecideOptions options)
    {
        var unknown = Info.Schema.Check(given);
        foreach (var (part, vector) in given.Vectors)
        {
            if (Model.Blocks.Vectors.FirstOrDefault(block => block.Part == part) is { } block && block.Width != vector.Length)
            {
                throw SensoriumException.ModelFault($"The vector of {part} has {vector.Length} numbers; decider '{Info.Id}' was taught with {block.Width}.");
            }
        }

        var questions = names.Count == 0 ? Model.Questions : [.. names.Select(Find)];
        var similar = _memory.MostSimilar(given, Math.Max(1, options.Similar)).ToArray();
        var abstained = AbstentionOf(given, similar);
        return new Decided(given.Id, [.. questions.Select(question => question.Answer(_blocks, given, options, abstained, Similar(question.Question)))], unknown);

        SimilarCase[] Similar(Question question) =>
            [.. similar.Take(options.Similar).Select(pair => new SimilarCase(pair.Case.Id, pair.Similarity, pair.Case.Outcomes.GetValueOrDefault(question.Name, "")))];
    }

    /// <summary>What the evidence of an answer adds up to.</summary>
    /// <param name="given">As for <see cref="Decide"/>.</param>
    /// <param name="answer">Of this decider.</param>
    public double LogOdds(DecisionCase given, Answer answer) => Find(answer.Question.Name).LogOdds(_blocks, given, answer.Best);

    /// <summary>Whether vectors of a part have a share in an answer.</summary>
    /// <param name="answer">Of this decider.</param>
    /// <param name="part">Name of a modality.</param>
    public bool Reads(Answer answer, string part) => Find(answer.Question.Name).BlocksOf(answer.Best).Any(block => _blocks[block] is VectorBlock vectors && vectors.Part == part);

    private Abstention? AbstentionOf(DecisionCase given, (RememberedCase Case, double Similarity)[] similar) =>
        _blocks.Values.All(block => block.Read(given) is null) ? Abstention.NoEvidence
        : similar.Length > 0 && similar[0].Similarity < Model.LeastSimilarity ? Abstention.UnlikeTaughtCases
        : null;

    private QuestionModel Find(string name) => Model.Questions.FirstOrDefault(question => question.Question.Name == name) ?? throw SensoriumException.Invalid(
        ErrorReasons.InvalidQuestion,
        $"Decider '{Info.Id}' was not taught question '{name}'; it answers {string.Join(", ", Info.Questions.Select(question => $"'{question.Name}'"))}.",
        "questions");
}

/// <param name="UnknownFields">That no taught case had, and that count for nothing.</param>
public sealed record Decided(string CaseId, IReadOnlyList<Answer> Answers, IReadOnlyList<string> UnknownFields);

/// <summary>What is learned.</summary>
/// <param name="LeastSimilarity">A case that is less like every taught case is unlike them.</param>
internal sealed record DeciderModel(BlockSet Blocks, IReadOnlyList<QuestionModel> Questions, double LeastSimilarity);

using Sensorium.Core.Errors;
using Sensorium.Deciders.Blocks;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.Learning;

/// <summary>Teaches a decider from cases whose outcomes are known. Equal cases make equal deciders.</summary>
public static class DeciderTrainer
{
    /// <param name="id">Name of the decider.</param>
    /// <param name="questions">Named; each is taught by the cases that have an outcome for it.</param>
    /// <param name="cases">With their media embedded.</param>
    /// <param name="models">That embedded them.</param>
    /// <param name="now">When it is taught.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">Too few cases, cases that disagree about a field, or outcomes that are none of a question's.</exception>
    public static Decider Teach(
        string id,
        IReadOnlyList<Question> questions,
        IReadOnlyList<TaughtCase> cases,
        IReadOnlyList<TaughtModel> models,
        DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        QuestionRules.Check(questions, named: true);
        if (cases.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.TooFewCases, "There are no cases to be taught by.", "cases");
        }

        var schema = CaseSchema.Of(cases);
        var blocks = BlockSet.Fit(schema, cases);
        var trainer = new QuestionTrainer(blocks, schema, new LinearTrainer());
        var taught = questions.Select(question => trainer.Train(question, cases, cancellationToken)).ToArray();
        RememberedCase[] remembered = [.. cases.Select(one => RememberedCase.Of(one, blocks))];
        var least = new CaseMemory(remembered, blocks).LeastNearest();
        var info = new DeciderInfo(id, 0, now, cases.Count, models, schema, questions, [.. taught.Select(one => one.Report)]);
        return new Decider(info, new DeciderModel(blocks, [.. taught.Select(one => one.Model)], least), remembered);
    }
}

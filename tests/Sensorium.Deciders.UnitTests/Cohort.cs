using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;
using Sensorium.Deciders.Learning;
using Sensorium.Deciders.Questions;

namespace Sensorium.Deciders.UnitTests;

/// <summary>
/// Cases made from a rule with chance in it: whoever is old, is of the red colour, has "pain" in the notes or a vector that points
/// up is more often ill. The optimum is known, because the rule is.
/// </summary>
internal static class Cohort
{
    public const string Ill = "ill";

    public static Question Question { get; } = Questions.Question.Predicate(Ill, "The person is ill.");

    public static TaughtCase[] Make(int count, int seed = 1, double missing = 0)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => MakeOne($"case-{i}", random, missing))];
    }

    public static Decider Teach(IReadOnlyList<TaughtCase> cases, Question? question = null) => DeciderTrainer.Teach(
        "cohort", [question ?? Question], cases, [], new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero), CancellationToken.None);

    public static DecisionCase Case(
        string id = "asked", (string Name, FieldValue Value)[]? fields = null, float[]? image = null, string notes = "") => new(
        id,
        (fields ?? []).ToDictionary(field => field.Name, field => field.Value),
        image is null ? new Dictionary<string, float[]>() : new Dictionary<string, float[]> { ["image"] = image },
        notes);

    private static TaughtCase MakeOne(string id, Random random, double missing)
    {
        var (age, red, pain, up) = (random.NextDouble() * 80, random.Next(2) == 1, random.Next(2) == 1, random.NextDouble() * 2 - 1);
        var logOdds = (age - 40) / 12 + (red ? 1 : -1) + (pain ? 1 : -1) + 2 * up;
        var ill = random.NextDouble() < 1 / (1 + Math.Exp(-logOdds));
        var fields = new List<(string, FieldValue)>();
        if (random.NextDouble() >= missing)
        {
            fields.Add(("age", FieldValue.OfNumber(age, "years")));
        }

        if (random.NextDouble() >= missing)
        {
            fields.Add(("colour", FieldValue.OfCategory(red ? "red" : "blue")));
        }

        var image = random.NextDouble() >= missing ? (float[])[(float)up, (float)random.NextDouble(), (float)(up + 0.1 * random.NextDouble())] : null;
        var notes = random.NextDouble() >= missing ? $"The person {(pain ? "has pain" : "feels well")} today." : "";
        return new TaughtCase(Case(id, [.. fields], image, notes), "", new Dictionary<string, string> { [Ill] = ill ? "true" : "false" });
    }
}

namespace Sensorium.Deciders.Questions;

public enum QuestionKind
{
    /// <summary>Whether a statement is true.</summary>
    Predicate,

    /// <summary>One of several values.</summary>
    Choice,

    /// <summary>One of several levels in order.</summary>
    Score,
}

/// <summary>What is asked of a case.</summary>
/// <param name="Instructions">The statement or question in words.</param>
/// <param name="Options">Values of a choice, levels of a score from the lowest; of a predicate <see cref="False"/> and <see cref="True"/>.</param>
public sealed record Question(string Name, QuestionKind Kind, string Instructions, IReadOnlyList<QuestionOption> Options)
{
    public const string True = "true";
    public const string False = "false";

    public static Question Predicate(string name, string instructions) =>
        new(name, QuestionKind.Predicate, instructions, [new QuestionOption(False, ""), new QuestionOption(True, "")]);

    /// <summary>Its place among the options; -1 if it is none of them.</summary>
    public int IndexOf(string value)
    {
        for (var i = 0; i < Options.Count; i++)
        {
            if (Options[i].Value == value)
            {
                return i;
            }
        }

        return -1;
    }
}

/// <param name="Description">What it means, in words; empty if the value says it.</param>
public sealed record QuestionOption(string Value, string Description);

using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Explanation;

/// <summary>What is asked about one medium.</summary>
/// <param name="About">The score that is to be explained.</param>
/// <param name="Grid">Rows, and columns, of pictures; 0 leaves it to the settings.</param>
/// <param name="Parts">Of sounds and videos; 0 leaves it to the settings.</param>
/// <param name="Draws">An explanation to look at is wanted, too.</param>
/// <param name="Encoding">Everything of the batches but their items.</param>
internal sealed record ExplainQuestion(Subject About, int Grid, int Parts, bool Draws, EncodeBatch Encoding);

/// <summary>A score.</summary>
internal abstract record Subject;

/// <summary>How alike the medium is to another.</summary>
/// <param name="BothSides">The parts of the other medium are weighed, too.</param>
internal sealed record SimilaritySubject(MediaInput Other, bool BothSides) : Subject;

/// <summary>What the medium's caption says.</summary>
/// <param name="Parameters">Of the caption.</param>
internal sealed record CaptionSubject(GenerationParameters Parameters) : Subject;

/// <summary>How sure an answer to a question about a case is.</summary>
internal sealed record AnswerSubject : Subject;

/// <summary>How well a label fits.</summary>
/// <param name="Label">Its name.</param>
/// <param name="Question">The labels among which it is; none for the model's own.</param>
internal sealed record LabelSubject(string Label, ClassifyQuestion Question) : Subject;

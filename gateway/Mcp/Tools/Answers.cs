namespace Sensorium.Gateway.Mcp.Tools;

internal sealed record CaptionAnswer(string Caption, string Model);

/// <param name="Language">Empty where the model has one alone.</param>
internal sealed record TranscriptAnswer(string Text, string Language, IReadOnlyList<SpokenSegment> Segments);

/// <param name="Start">Seconds.</param>
/// <param name="End">Seconds.</param>
internal sealed record SpokenSegment(double Start, double? End, string Text);

/// <param name="Labels">Best first.</param>
internal sealed record ClassifyAnswer(IReadOnlyList<ScoredLabel> Labels);

internal sealed record ScoredLabel(string Label, float Score);

/// <param name="Similarities">For each of the left, one for each of the right.</param>
internal sealed record CompareAnswer(IReadOnlyList<float[]> Similarities);

/// <param name="Results">Best first.</param>
internal sealed record RerankAnswer(IReadOnlyList<RankedText> Results);

internal sealed record RankedText(int Index, float Score, string Text);

internal sealed record ModelsAnswer(IReadOnlyList<ListedModel> Models);

internal sealed record ListedModel(string Id, IReadOnlyList<string> Reads, IReadOnlyList<string> Writes, bool IsDefault);

/// <param name="Items">Best first.</param>
internal sealed record SearchAnswer(IReadOnlyList<FoundItem> Items);

/// <param name="Start">Of a moment, in seconds.</param>
/// <param name="End">Of a moment, in seconds.</param>
internal sealed record FoundItem(
    string Id, float Score, string Modality, string Text, double? Start, double? End, IReadOnlyDictionary<string, string> Metadata);

internal sealed record CollectionsAnswer(IReadOnlyList<ListedCollection> Collections);

/// <param name="Model">Empty for the default.</param>
internal sealed record ListedCollection(string Name, long Items, string Model);

/// <param name="Notice">What decisions are not.</param>
internal sealed record DecideAnswer(IReadOnlyList<DecidedQuestion> Answers, string Notice);

/// <param name="Abstained">Why it is not answered; empty if it is.</param>
/// <param name="Calibrated">Probabilities were measured; else they only rank.</param>
/// <param name="Evidence">Weightiest first.</param>
internal sealed record DecidedQuestion(
    string Question, string Answer, string Abstained, bool Calibrated, IReadOnlyList<ProbableValue> Probabilities, IReadOnlyList<EvidencePiece> Evidence);

internal sealed record ProbableValue(string Value, double Probability);

internal sealed record EvidencePiece(string Kind, string Part, string Where, double Weight);

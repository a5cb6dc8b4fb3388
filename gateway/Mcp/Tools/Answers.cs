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

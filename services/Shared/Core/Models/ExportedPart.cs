using Sensorium.Core.Media;

namespace Sensorium.Core.Models;

/// <summary>One encoder of an export.</summary>
/// <param name="Graph">Name of the graph without its ending, as "text_model".</param>
/// <param name="Embedding">Name of the output that holds the vector.</param>
/// <param name="MaxTokens">Most tokens of one text, the opening and closing ones included; 0 if not text.</param>
public sealed record ExportedPart(Modality Modality, string Graph, string Embedding, int MaxTokens = 0);

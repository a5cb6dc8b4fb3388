using Sensorium.Core.Media;

namespace Sensorium.Core.Models;

/// <summary>One thing that one model does.</summary>
/// <param name="Modality">Of the media that it reads; null where the task reads any.</param>
public sealed record ModelKey(ModelTask Task, Modality? Modality, string Id);

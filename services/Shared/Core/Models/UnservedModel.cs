namespace Sensorium.Core.Models;

/// <summary>A model that is there and cannot be used.</summary>
/// <param name="Reason">Names what is wrong with it.</param>
/// <param name="IsDefault">Requests that name no model mean this one; they are refused rather than answered by another.</param>
public sealed record UnservedModel(string Id, string Reason, bool IsDefault = false);

namespace Sensorium.Core.Errors;

/// <summary>Something worth knowing about a result that is good nevertheless.</summary>
/// <param name="Reason">One of <see cref="WarningReasons"/>.</param>
/// <param name="ItemId">Null for the request as a whole.</param>
public sealed record MediaWarning(string Reason, string Message, string? ItemId = null);

namespace Sensorium.Bench.Load;

/// <summary>What one call brought.</summary>
/// <param name="Items">Pictures answered, or 0 if the call failed.</param>
/// <param name="FirstTokenMs">From sending to the first token, where tokens are streamed.</param>
/// <param name="Error">Status of a failed call.</param>
/// <param name="RetryAfter">When a refused call may be tried again, where the server says so.</param>
/// <param name="Detail">What the answer says of itself, counted by value (cache status).</param>
internal readonly record struct CallOutcome(
    int Items,
    int Tokens = 0,
    double? FirstTokenMs = null,
    string? Error = null,
    string? Detail = null,
    TimeSpan? RetryAfter = null);

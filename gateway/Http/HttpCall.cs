using System.Globalization;
using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Http;

/// <summary>What a call over HTTP says outside of its body.</summary>
internal static class HttpCall
{
    // What OpenAI's clients tell of themselves: how many seconds they wait for the answer.
    private const string Timeout = "x-stainless-timeout";

    private static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>When the caller gives up; null if it does not say.</summary>
    public static DateTimeOffset? DeadlineOf(HttpContext context) =>
        double.TryParse(context.Request.Headers[Timeout], NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds)
        && seconds > 0
        && seconds < Longest.TotalSeconds
            ? context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() + TimeSpan.FromSeconds(seconds)
            : null;

    /// <summary>Everything of a batch but its items.</summary>
    /// <param name="context">Of the call.</param>
    /// <param name="model">As the caller names it; null for the default.</param>
    /// <param name="reading">How texts are read; null for as they are.</param>
    public static EncodeBatch BatchOf(HttpContext context, string? model, TextReading? reading = null) =>
        new(context.TraceIdentifier, [], Model: model is null ? null : ModelSelector.Parse(model), Deadline: DeadlineOf(context))
        {
            Text = reading ?? TextReading.Plain,
        };
}

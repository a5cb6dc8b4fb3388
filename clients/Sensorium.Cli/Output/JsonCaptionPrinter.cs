using Sensorium.V1;

namespace Sensorium.Cli.Output;

/// <summary>One object for the whole stream, written at its end.</summary>
internal sealed class JsonCaptionPrinter(TextWriter output, string title) : ICaptionPrinter
{
    private readonly List<CaptionEvent> _events = [];

    public Task WriteAsync(CaptionEvent caption)
    {
        _events.Add(caption);
        return Task.CompletedTask;
    }

    public Task EndAsync() => JsonLine.WriteAsync(output, new
    {
        Media = title,
        _events[0].RequestId,
        Choices = _events.Where(e => e.Finished is not null).OrderBy(e => e.ChoiceIndex).Select(Choice),
        Warnings = _events.Where(e => e.Started is not null).SelectMany(e => e.Started.Warnings)
            .Select(warning => new { warning.Reason, warning.Message, warning.ItemId }),
        Errors = _events.Where(e => e.MediaError is not null).Select(e => e.MediaError)
            .Select(error => new { error.ItemId, error.Error.Reason, error.Error.Message }),
    });

    private static object Choice(CaptionEvent caption)
    {
        var finished = caption.Finished;
        return new
        {
            finished.Text,
            FinishReason = finished.Reason.ToString(),
            finished.Score,
            Seed = finished.SeedUsed,
            Tokens = finished.Usage?.GeneratedTokens,
            TimeToFirstTokenMs = finished.Timing?.TimeToFirstToken?.ToTimeSpan().TotalMilliseconds,
            TotalMs = finished.Timing?.Total?.ToTimeSpan().TotalMilliseconds,
            Model = finished.Model?.Id,
            finished.Model?.Revision,
        };
    }
}

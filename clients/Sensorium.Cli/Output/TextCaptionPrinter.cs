using Sensorium.V1;

namespace Sensorium.Cli.Output;

/// <summary>
/// Writes tokens the moment they arrive: "name: text". Several choices are written one after the other when they are
/// complete, because their tokens arrive mixed.
/// </summary>
internal sealed class TextCaptionPrinter(CliConsole console, string title, CaptionRequest request, bool timing) : ICaptionPrinter
{
    private readonly bool _streams = request.Parameters.N <= 1;
    private readonly SortedDictionary<int, Finished> _finished = [];
    private bool _begun;

    public async Task WriteAsync(CaptionEvent caption)
    {
        switch (caption.EventCase)
        {
            case CaptionEvent.EventOneofCase.Started:
                await WarnAsync(caption.Started.Warnings);
                break;
            case CaptionEvent.EventOneofCase.Delta when _streams:
                await BeginAsync();
                await console.Output.WriteAsync(caption.Delta.Text);
                await console.Output.FlushAsync();
                break;
            case CaptionEvent.EventOneofCase.MediaError:
                var error = caption.MediaError.Error;
                await console.Error.WriteLineAsync($"warning: {caption.MediaError.ItemId}: {error.Reason}: {error.Message}");
                break;
            case CaptionEvent.EventOneofCase.Finished:
                _finished[caption.ChoiceIndex] = caption.Finished;
                break;
            default:
                break;
        }
    }

    public async Task EndAsync()
    {
        foreach (var (index, finished) in _finished)
        {
            if (_streams)
            {
                await BeginAsync();
                await console.Output.WriteLineAsync();
            }
            else
            {
                await console.Output.WriteLineAsync($"{title} [{index}]: {request.Prompt}{finished.Text}");
            }

            if (timing)
            {
                await console.Output.WriteLineAsync($"  {Speed(finished)}");
            }
        }
    }

    private static string Speed(Finished finished)
    {
        var first = finished.Timing?.TimeToFirstToken?.ToTimeSpan() ?? TimeSpan.Zero;
        var total = finished.Timing?.Total?.ToTimeSpan() ?? TimeSpan.Zero;
        var tokens = finished.Usage?.GeneratedTokens ?? 0;
        var decoding = (total - first).TotalSeconds;
        var rate = tokens > 1 && decoding > 0 ? FormattableString.Invariant($", {(tokens - 1) / decoding:0} tokens/s after it") : "";
        return FormattableString.Invariant($"{tokens} tokens, the first after {first.TotalMilliseconds:0} ms{rate}, {total.TotalMilliseconds:0} ms in all");
    }

    private async Task BeginAsync()
    {
        if (!_begun)
        {
            _begun = true;
            await console.Output.WriteAsync($"{title}: {request.Prompt}");
        }
    }

    private async Task WarnAsync(IEnumerable<Warning> warnings)
    {
        foreach (var warning in warnings)
        {
            await console.Error.WriteLineAsync($"warning: {warning.Reason}: {warning.Message}");
        }
    }
}

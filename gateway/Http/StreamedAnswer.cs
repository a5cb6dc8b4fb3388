using System.Buffers;
using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Accounting;
using Sensorium.Hosting.Policies.Draining;

namespace Sensorium.Gateway.Http;

/// <summary>An answer that is sent piece by piece while it comes about.</summary>
internal static partial class StreamedAnswer
{
    public const string Events = "text/event-stream";
    public const string Lines = "application/x-ndjson";

    /// <summary>The last event of streams that OpenAI's clients read.</summary>
    public static ReadOnlyMemory<byte> Done { get; } = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>As one event of text/event-stream.</summary>
    public static ReadOnlyMemory<byte> Event(ReadOnlySpan<byte> json) => (byte[])[.. "data: "u8, .. json, .. "\n\n"u8];

    /// <summary>As one line of application/x-ndjson.</summary>
    public static ReadOnlyMemory<byte> Line(ReadOnlySpan<byte> json) => (byte[])[.. json, (byte)'\n'];

    /// <summary>
    /// Sends each piece as soon as it is there, and all that are there at once together. What fails before the first has the
    /// status of its error; what fails later is told by one more piece.
    /// </summary>
    /// <param name="context">Of the call.</param>
    /// <param name="contentType">Of the answer.</param>
    /// <param name="pieces">Of the answer.</param>
    /// <param name="failed">How a failure is told in the middle.</param>
    public static async Task SendAsync(
        HttpContext context, string contentType, IAsyncEnumerable<ReadOnlyMemory<byte>> pieces, Func<SensoriumException, ReadOnlyMemory<byte>> failed)
    {
        await using var source = pieces.GetAsyncEnumerator(context.RequestAborted);
        var more = await source.MoveNextAsync();
        context.Response.ContentType = contentType;
        context.Response.Headers.CacheControl = "no-cache";
        var body = context.Response.BodyWriter;
        try
        {
            while (more)
            {
                body.Write(source.Current.Span);
                var next = source.MoveNextAsync().AsTask();

                // Pieces that are there already go together, as the role and the first token do. Whatever fails, the source rests when
                // it is disposed of.
                await Task.WhenAll(next, next.IsCompleted ? Task.CompletedTask : body.FlushAsync(context.RequestAborted).AsTask());
                more = await next;
            }

            await body.FlushAsync(context.RequestAborted);
        }
        catch (SensoriumException error) when (!context.RequestAborted.IsCancellationRequested)
        {
            context.Features.Get<CallRecord>()?.Fail(error);
            if (error.Code == ErrorCode.Internal)
            {
                LogFault(context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("Sensorium.Gateway.Http.StreamedAnswer"), error, context.Request.Path, error.Reason);
            }

            await body.WriteAsync(failed(error), context.RequestAborted);
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or SensoriumException && context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads any more, or this process cannot wait for the end.
            if (context.RequestServices.GetRequiredService<CallTracker>().CutOff.IsCancellationRequested)
            {
                await body.WriteAsync(failed(CallTracker.CutOffError()), CancellationToken.None);
            }
        }
    }

    [LoggerMessage(5022, LogLevel.Error, "{Path} failed in the middle of its answer with {Reason}")]
    private static partial void LogFault(ILogger logger, Exception exception, string path, string reason);
}

namespace Sensorium.Core.Generation.Decoding;

/// <summary>What decodes for requests, with the decoder that it runs on.</summary>
public sealed record DecoderServer<TWorker>(TWorker Worker, IDecoderBackend Backend) : IAsyncDisposable
    where TWorker : IAsyncDisposable
{
    /// <summary>The worker first: it runs on the backend.</summary>
    public async ValueTask DisposeAsync()
    {
        await Worker.DisposeAsync();
        Backend.Dispose();
    }
}

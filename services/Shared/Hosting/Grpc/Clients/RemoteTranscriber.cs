using System.Runtime.CompilerServices;
using Microsoft.Extensions.Options;
using Sensorium.Core.Generation.Speech;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>Speech to text in another process. A stream that has begun is never tried again.</summary>
internal sealed class RemoteTranscriber(PeerChannels channels, IOptions<PeerOptions> options, TimeProvider time) : ITranscriber
{
    private const string Service = "generation";
    private readonly V1.GenerationService.GenerationServiceClient _client = new(channels.Get(options.Value.Generation));

    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(
        TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Disposing the call cancels it, which stops the decoding.
        using var call = _client.Recognize(job.ToProto(), TenantMetadata.Of(job.Tenant), job.Deadline?.UtcDateTime, cancellationToken);
        while (await call.ResponseStream.NextAsync(Service, options.Value.EncodeTimeout, time, cancellationToken) is { } response)
        {
            yield return response.Event.ToDomain();
        }
    }
}

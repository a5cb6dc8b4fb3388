using Microsoft.Extensions.Hosting;
using Sensorium.Core.Encoding.Pipeline;

namespace Sensorium.Onnx.Encoding;

/// <summary>Runs the model once before the host serves. That it is made at all loads it, so that a bad model fails the start.</summary>
internal sealed class EncoderWarmUp(EncoderPipeline pipeline) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => pipeline.WarmUpAsync().WaitAsync(cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

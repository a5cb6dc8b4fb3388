using System.Threading.Channels;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Scheduling;

namespace Sensorium.Core.Generation.Speech;

/// <summary>Writes down one window of sound, in steps that it shares with all others.</summary>
internal sealed class SpeechDecoder(
    SpeechModel model, IDecoderBackend backend, DecodeScheduler scheduler, CrossAttentionCaches caches, GenerationOptions options, TimeProvider time)
{
    private static readonly GenerationParameters Greedy = new() { Temperature = 0, NumBeams = 1 };

    private readonly ParameterResolver _resolver = new(model.Defaults, options, backend.Shape.Capacity);

    /// <summary>The likeliest language of the window.</summary>
    public async Task<string> TellLanguageAsync(FeatureSequence features, TranscriptionJob job, CancellationToken cancellationToken)
    {
        int[] prompt = [model.Defaults.StartTokenId];
        var parameters = _resolver.Resolve(Greedy with { MaxNewTokens = 1 }, prompt.Length) with
        {
            AllowedAtStart = [.. model.Languages.Values],
            SuppressedTokenIds = [],
            SuppressedAtStart = [],
        };
        var (tokens, _) = await DecodeAsync(features, prompt, parameters, job, cancellationToken);
        return model.Languages.First(language => language.Value == tokens[0]).Key;
    }

    /// <summary>The window's tokens without the closing one, and the mean of their log-probabilities.</summary>
    public Task<(int[] Tokens, float MeanLogProb)> WriteAsync(
        FeatureSequence features, int[] prompt, bool timestamps, TranscriptionJob job, CancellationToken cancellationToken)
    {
        var parameters = _resolver.Resolve(Greedy, prompt.Length) with
        {
            Timestamps = timestamps ? new Rules.TimestampRule(model.FirstTimestampId, model.Defaults.EndTokenIds[0], model.MaxInitialTimestamp) : null,
        };
        return DecodeAsync(features, prompt, parameters, job, cancellationToken);
    }

    public QueueState QueueState(int pending, RequestPriority priority) => scheduler.QueueState(pending, priority);

    private async Task<(int[] Tokens, float MeanLogProb)> DecodeAsync(
        FeatureSequence features, int[] prompt, DecodingParameters parameters, TranscriptionJob job, CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stream = new CaptionStream(Math.Max(options.StreamCapacity, backend.Shape.Capacity + 1));
        var clock = new JobClock(time);
        clock.MarkEncoded();
        scheduler.Submit(new DecodeJob
        {
            RequestId = job.RequestId,
            CrossAttention = caches.Read(features),
            MediaTokens = [features.Tokens],
            Prompt = prompt,
            Parameters = parameters,
            Priority = job.Priority,
            Stream = stream,
            Clock = clock,
            Cancellation = ending.Token,
        });
        try
        {
            return await ReadAsync(stream.Reader, cancellationToken);
        }
        finally
        {
            await ending.CancelAsync();
        }
    }

    private static async Task<(int[] Tokens, float MeanLogProb)> ReadAsync(ChannelReader<CaptionEvent> events, CancellationToken cancellationToken)
    {
        var tokens = new List<int>();
        var sum = 0f;
        await foreach (var next in events.ReadAllAsync(cancellationToken))
        {
            if (next is CaptionDelta delta)
            {
                tokens.AddRange(delta.TokenIds);
                sum += delta.LogProbs.Sum();
            }
        }

        return ([.. tokens], tokens.Count == 0 ? 0 : sum / tokens.Count);
    }
}

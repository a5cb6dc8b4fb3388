using System.Threading.Channels;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation.Speech;

/// <summary>Writes down one window of sound, in steps that it shares with all others.</summary>
internal sealed class SpeechDecoder(
    SpeechModel model, IDecoderBackend backend, DecodeScheduler scheduler, CrossAttentionCaches caches, GenerationOptions options, TimeProvider time)
{
    private const ulong SampleSeed = 1;

    private static readonly GenerationParameters Greedy = new() { Temperature = 0, NumBeams = 1 };

    private readonly ParameterResolver _resolver = new(model.Defaults, options, backend.Shape.Capacity, backend.Shape.VocabularySize);

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
        var written = await DecodeAsync(features, prompt, parameters, job, null, cancellationToken);
        return model.Languages.First(language => language.Value == written.Tokens[0]).Key;
    }

    /// <summary>How likely it is that nothing is said in the window; null if the model cannot tell.</summary>
    public async Task<float?> TellNoSpeechAsync(SpeechWindow window, TranscriptionJob job, CancellationToken cancellationToken)
    {
        if (model.NoSpeechId is not { } silence)
        {
            return null;
        }

        // As likely as its token is in the place of the language.
        int[] prompt = [.. window.Previous, model.Defaults.StartTokenId];
        var parameters = _resolver.Resolve(Greedy with { ForcedTokenIds = [silence] }, prompt.Length);
        var told = await DecodeAsync(window.Features, prompt, parameters, job, null, cancellationToken);
        return MathF.Exp(told.MeanLogProb);
    }

    /// <summary>The text of a window: the likeliest tokens at temperature 0, else the likeliest of the texts that are drawn.</summary>
    public async Task<WrittenWindow> WriteAsync(SpeechWindow window, float temperature, TranscriptionJob job, CancellationToken cancellationToken)
    {
        var drawn = temperature > 0 ? job.Fallback.BestOf : 1;
        var written = await Task.WhenAll(Enumerable.Range(0, drawn).Select(
            draw => DrawAsync(window, temperature, SampleSeed + (ulong)draw, job, cancellationToken)));
        return written.MaxBy(text => text.MeanLogProb)! with { Temperature = temperature };
    }

    public QueueState QueueState(int pending, TranscriptionJob job) => scheduler.QueueState(pending, job.Priority, job.Tenant);

    // What is drawn is the same for the same sound.
    private async Task<WrittenWindow> DrawAsync(
        SpeechWindow window, float temperature, ulong seed, TranscriptionJob job, CancellationToken cancellationToken)
    {
        var (previous, prompt) = (window.Previous, window.Prompt);
        var asked = Greedy with { MaxNewTokens = MostTokens(window.Length), Temperature = temperature, Seed = seed };
        var parameters = _resolver.Resolve(asked, previous.Length + prompt.Length) with
        {
            Timestamps = window.Timestamps ? new Rules.TimestampRule(model.FirstTimestampId, model.Defaults.EndTokenIds[0], model.MaxInitialTimestamp) : null,
        };
        var heads = job.Words ? new HeadWeights(model.AlignmentHeads) : null;
        var written = await DecodeAsync(window.Features, [.. previous, .. prompt], parameters, job, heads, cancellationToken);
        heads?.Tokens.RemoveRange(0, Math.Min(previous.Length, heads.Tokens.Count));
        return heads is null ? written : written with { Times = TimesOf(written.Tokens.Length, heads, prompt.Length, window.Length) };
    }

    private int? MostTokens(TimeSpan length) => model.TokensPerSecond == 0
        ? null
        : Math.Clamp((int)(length.TotalSeconds * model.TokensPerSecond), model.TokensPerSecond, backend.Shape.Capacity);

    // When each token begins, and when the last one ends. A token that was not fed any more begins with the one before it.
    private static TimeSpan[] TimesOf(int tokens, HeadWeights heads, int promptTokens, TimeSpan length)
    {
        var encoded = Math.Clamp((int)(length / SpeechModel.TimeStep), 1, heads.Tokens[0][0].Length);
        var starts = TokenAlignment.Align(heads.Tokens, promptTokens, encoded);
        return [.. Enumerable.Range(0, tokens + 1).Select(i => starts.Length == 0 ? TimeSpan.Zero : starts[Math.Min(i, starts.Length - 1)] * SpeechModel.TimeStep)];
    }

    private async Task<WrittenWindow> DecodeAsync(
        FeatureSequence features, int[] prompt, DecodingParameters parameters, TranscriptionJob job, HeadWeights? heads, CancellationToken cancellationToken)
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
            PromptTokens = prompt.Length - 1,
            TrimsStart = false,
            Parameters = parameters,
            Heads = heads,
            Priority = job.Priority,
            Tenant = job.Tenant ?? Tenant.Default,
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

    private static async Task<WrittenWindow> ReadAsync(ChannelReader<CaptionEvent> events, CancellationToken cancellationToken)
    {
        var tokens = new List<int>();
        var mean = 0f;
        await foreach (var next in events.ReadAllAsync(cancellationToken))
        {
            if (next is CaptionDelta delta)
            {
                tokens.AddRange(delta.TokenIds);
            }
            else if (next is CaptionFinished finished)
            {
                var closing = finished.Reason == CaptionFinishReason.End ? 1 : 0;
                mean = finished.Score / Math.Max(1, tokens.Count + closing);
            }
        }

        return new WrittenWindow([.. tokens], mean, []);
    }
}

/// <summary>What a window of sound is written down from.</summary>
/// <param name="Previous">Text before the window, which is fed before <paramref name="Prompt"/>.</param>
/// <param name="Length">Of its sound.</param>
internal sealed record SpeechWindow(FeatureSequence Features, int[] Previous, int[] Prompt, bool Timestamps, TimeSpan Length);

/// <param name="Tokens">Without the closing one.</param>
/// <param name="MeanLogProb">Of the tokens, the closing one included.</param>
/// <param name="Times">When each token begins, and when the last one ends, from the beginning of the window; empty unless asked for.</param>
internal sealed record WrittenWindow(int[] Tokens, float MeanLogProb, TimeSpan[] Times)
{
    public float Temperature { get; init; }

    /// <summary>Null if nobody asked or the model cannot tell.</summary>
    public float? NoSpeechProb { get; init; }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Fusion;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Chat;

/// <summary>Answers conversations with a decoder that reads text and media as one sequence of tokens.</summary>
public sealed class ChatGenerator : IModelGenerator
{
    // Each is read like a picture, so a few must do where nobody asks for more.
    private const int UsualFrames = 8;

    private readonly IDecoderBackend _backend;
    private readonly ChatModel _model;
    private readonly GenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly AdmittedSequences _admitted;
    private readonly ParameterResolver _parameters;
    private readonly MediaEncoding _encoding;
    private readonly ChatMedia _media;
    private readonly ChatPrompt _prompts;
    private readonly DecodeScheduler _scheduler;

    /// <param name="encoders">The encoder of a modality; null if none is configured.</param>
    public ChatGenerator(
        Func<Modality, IEncoder?> encoders,
        IModelTokenizer tokenizer,
        IDecoderBackend backend,
        ChatModel model,
        GenerationOptions options,
        TimeProvider time,
        ILoggerFactory loggers)
    {
        (_backend, _model, _options, _time) = (backend, model, options, time);
        var defaults = model.Defaults.EndTokenIds.Count > 0 ? model.Defaults : model.Defaults with { EndTokenIds = [tokenizer.EosTokenId] };
        _admitted = new AdmittedSequences(new AdmissionGate("decoder", options.AdmissionLimits, new AdmissionMetrics("generation"), time));
        _parameters = new ParameterResolver(defaults, options, backend.Shape.Capacity, backend.Shape.VocabularySize);
        _encoding = new MediaEncoding(backend.Identity.Id, encoders, modality => modality == Modality.Video ? FramesOfClip(options) : 0);
        _media = new ChatMedia(backend.Identity, backend.Shape.FeatureWidth, Math.Max(options.MaxFusedTokens, backend.Shape.Capacity));
        _prompts = new ChatPrompt(tokenizer, model, backend.Identity, backend.Shape.Capacity);
        _scheduler = new DecodeScheduler(backend, tokenizer, options, time, loggers.CreateLogger<ChatGenerator>());
    }

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new GenerationDescription(
        _backend.Identity,
        _model.Pictures is null ? [] : [[Modality.Image], [Modality.Video]],
        _backend.Shape.Capacity,
        _backend.Shape.Capacity,
        _backend.Shape.Capacity,
        _options.MaxBeams,
        _model.Languages,
        Explains: false));

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = new JobClock(_time);
        job.Model?.Require(_backend.Identity);
        var messages = job.Messages.Count > 0 ? job.Messages : [AsMessage(job)];
        _prompts.Check(messages);
        var parts = _media.Expand(job.Media);
        using var ticket = _admitted.Enter(
            _parameters.Resolve(job.Parameters, promptTokens: 1).Rows, pending => _scheduler.QueueState(pending, job.Priority, job.Tenant), job.Deadline, job.Tenant);
        using var activity = GenerationActivity.Start(job);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var encoded = await _encoding.EncodeAsync(job, parts, cancellationToken);
        clock.MarkEncoded();
        var stream = new CaptionStream(_options.StreamCapacity);
        var position = _scheduler.Submit(Prepare(job, messages, encoded, clock, stream, ending.Token));
        try
        {
            yield return new CaptionStarted(position, [.. encoded.Select(ChatMedia.StatusOf)], [.. encoded.SelectMany(part => part.Outcome.Warnings)]);
            await foreach (var next in stream.Reader.ReadAllAsync(cancellationToken))
            {
                yield return next;
            }
        }
        finally
        {
            // Whoever stops reading stops the decoding.
            await ending.CancelAsync();
        }
    }

    public ValueTask DisposeAsync() => _scheduler.DisposeAsync();

    private DecodeJob Prepare(
        CaptionJob job, IReadOnlyList<ChatMessage> messages, IReadOnlyList<EncodedPart> encoded, JobClock clock, CaptionStream stream, CancellationToken ending)
    {
        var features = _media.Join(encoded);
        var prompt = _prompts.Read(messages, [.. encoded.Select(ChatMedia.SegmentsOf)]);
        var media = _backend.Read(features);
        return new DecodeJob
        {
            RequestId = job.RequestId,
            CrossAttention = new CrossAttentionLease(media, media.Dispose),
            MediaTokens = [.. encoded.Select(part => ChatMedia.StatusOf(part).Tokens)],
            Prompt = prompt,
            PromptTokens = prompt.Length,
            TrimsStart = _model.Template is not null,
            Parameters = _parameters.Resolve(job.Parameters, prompt.Length),
            Priority = job.Priority,
            Tenant = job.Tenant ?? Tenant.Default,
            Stream = stream,
            Clock = clock,
            Cancellation = ending,
        };
    }

    private static int FramesOfClip(GenerationOptions options) => options.MaxSegmentsPerMedium > 0 ? options.MaxSegmentsPerMedium : UsualFrames;

    // What is to be described is shown, and what is to be continued is said.
    private static ChatMessage AsMessage(CaptionJob job)
    {
        if (job.Media.Count == 0 && string.IsNullOrEmpty(job.Prompt))
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, "There is no medium to describe.", "media");
        }

        IEnumerable<ChatPart> words = string.IsNullOrEmpty(job.Prompt) ? [] : [new ChatText(job.Prompt)];
        return new ChatMessage(ChatRole.User, [.. job.Media.Select((_, i) => new ChatMedium(i)), .. words]);
    }
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Chat;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Fusion;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Regions;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation;

/// <summary>Encodes the media of a request, joins them, and decodes text from them in batches shared by all requests.</summary>
public sealed class CaptionGenerator : IModelGenerator
{
    private readonly IDecoderBackend _backend;
    private readonly GenerationModel _model;
    private readonly GenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly AdmittedSequences _admitted;
    private readonly IPromptReader _prompts;
    private readonly ParameterResolver _parameters;
    private readonly MediaEncoding _encoding;
    private readonly MediaFusion _fusion;
    private readonly TrainedFusions _trained;
    private readonly DecodeScheduler _scheduler;
    private readonly CrossAttentionCaches _caches;

    /// <param name="encoders">The encoder of a modality; null if none is configured.</param>
    /// <param name="prompts">Null for a decoder that continues its prompt.</param>
    public CaptionGenerator(
        Func<Modality, IEncoder?> encoders,
        ITokenizer tokenizer,
        IDecoderBackend backend,
        GenerationModel model,
        GenerationOptions options,
        TimeProvider time,
        ILoggerFactory loggers,
        IPromptReader? prompts = null)
    {
        (_backend, _model, _options, _time) = (backend, model, options, time);
        _prompts = prompts ?? new PromptReader(tokenizer, model.Defaults.StartTokenId, backend.Shape.Capacity);
        _admitted = new AdmittedSequences(new AdmissionGate("decoder", options.AdmissionLimits, new AdmissionMetrics("generation"), time));
        _parameters = new ParameterResolver(model.Defaults, options, backend.Shape.Capacity, backend.Shape.VocabularySize);
        _encoding = new MediaEncoding(backend.Identity.Id, encoders, MaxSegments);
        _fusion = new MediaFusion(backend.Shape, backend.Identity, model, MaxSegments, options.MaxFusedTokens);
        _trained = new TrainedFusions(model);
        _caches = new CrossAttentionCaches(backend, options.CrossAttentionCacheBytes);
        _scheduler = new DecodeScheduler(backend, tokenizer, options, time, loggers.CreateLogger<CaptionGenerator>());
    }

    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(new GenerationDescription(
            _backend.Identity,
            _model.Fusions,
            _model.MaxTrainedPromptTokens,
            _backend.Shape.Capacity,
            _options.MaxFusedTokens,
            _options.MaxBeams,
            _model.Languages,
            _backend.Shape.Explains));

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(
        CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var clock = new JobClock(_time);
        job.Model?.Require(_backend.Identity);
        var isConversation = job.Messages.Count > 0;
        job = ChatAsCaption.Reduce(job, _backend.Identity);
        var parts = MediaExpander.Expand(job.Media);
        var prompt = _prompts.Read(job.Prompt);
        var parameters = _parameters.Resolve(job.Parameters, prompt.Tokens.Length);
        using var ticket = _admitted.Enter(parameters.Rows, pending => _scheduler.QueueState(pending, job.Priority, job.Tenant), job.Deadline, job.Tenant);
        using var activity = GenerationActivity.Start(job);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var fused = _fusion.Fuse(await _encoding.EncodeAsync(job, parts, cancellationToken), job.AllowPartial);
        clock.MarkEncoded();
        var warnings = fused.Warnings.Concat(_trained.Check(fused.Segments, prompt.Tokens.Length - 1)).ToArray();
        var stream = new CaptionStream(_options.StreamCapacity);
        var mediaRead = isConversation ? fused.Statuses.Sum(status => status.Tokens) : 0;
        var position = await SubmitAsync(job, fused, prompt, mediaRead, parameters, clock, stream, ending.Token);
        try
        {
            yield return new CaptionStarted(position, fused.Statuses, warnings);
            foreach (var failure in fused.Failures)
            {
                yield return failure;
            }

            await foreach (var next in stream.Reader.ReadAllAsync(cancellationToken))
            {
                yield return next is CaptionFinished finished ? finished with { Regions = PlaceTokens.Read(finished.Text, prompt.Regions) } : next;
            }
        }
        finally
        {
            // Whoever stops reading stops the decoding.
            await ending.CancelAsync();
        }
    }

    /// <summary>Sequences that wait for a slot.</summary>
    internal int Waiting => _scheduler.Waiting;

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _caches.Dispose();
    }

    // The decoder's view of the media is computed here, beside the running batch, which waits for nobody.
    private async Task<int> SubmitAsync(
        CaptionJob job, FusedMedia fused, ReadPrompt prompt, int mediaRead, DecodingParameters parameters, JobClock clock, CaptionStream stream, CancellationToken ending)
    {
        var crossAttention = await Task.Run(() => Read(fused.Features, prompt.Words), ending);
        return _scheduler.Submit(new DecodeJob
        {
            RequestId = job.RequestId,
            CrossAttention = crossAttention,
            MediaTokens = [.. fused.Statuses.Select(status => status.Tokens)],
            Prompt = prompt.Tokens,
            PromptTokens = prompt.Words.Length + prompt.Tokens.Length - 1 + mediaRead,
            TrimsStart = prompt.Tokens.Length == 1,
            Parameters = parameters,
            Explain = job.Explain && _backend.Shape.Explains,
            Priority = job.Priority,
            Tenant = job.Tenant ?? Tenant.Default,
            Stream = stream,
            Clock = clock,
            Cancellation = ending,
        });
    }

    private CrossAttentionLease Read(FeatureSequence features, int[] words)
    {
        if (features.Tokens + words.Length > _backend.Shape.Capacity && words.Length > 0)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.PromptTooLong,
                $"The prompt has {words.Length} tokens and its media {features.Tokens}; together there is room for {_backend.Shape.Capacity}.",
                "prompt");
        }

        try
        {
            return words.Length == 0 ? _caches.Read(features) : LeaseOf(_backend.Read(features, words));
        }
        catch (Exception error) when (error is not SensoriumException)
        {
            throw SensoriumException.ModelFault($"The decoder could not read the media of this request: {error.Message}", error);
        }
    }

    // What was read with words is of use to this request alone.
    private static CrossAttentionLease LeaseOf(ICrossAttentionCache cache) => new(cache, cache.Dispose);

    private int MaxSegments(Modality modality) => _options.MaxSegmentsPerMedium > 0
        ? _options.MaxSegmentsPerMedium
        : Math.Max(1, _model.MaxTrainedSegments.GetValueOrDefault(modality, 1));
}

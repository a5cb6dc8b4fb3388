using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Diffusion.Scheduling;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Tenancy;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Diffusion;

/// <summary>Makes pictures with one model, which it owns.</summary>
public sealed class ImageGenerator : IAsyncDisposable
{
    private readonly IDiffusionBackend _backend;
    private readonly IPictureCodec _codec;
    private readonly ImageGenerationOptions _options;
    private readonly TimeProvider _time;
    private readonly PromptVectors _prompts;
    private readonly AdmittedSequences _admitted;
    private readonly DenoiseScheduler _scheduler;

    /// <param name="padding">The token that fills prompts up.</param>
    public ImageGenerator(
        IDiffusionBackend backend, IModelTokenizer tokenizer, int padding, IPictureCodec codec, ImageGenerationOptions options, TimeProvider time, ILogger logger)
    {
        (_backend, _codec, _options, _time) = (backend, codec, options, time);
        _prompts = new PromptVectors(tokenizer, padding, backend);
        _admitted = new AdmittedSequences(new AdmissionGate("image generation", options.AdmissionLimits, new AdmissionMetrics("image-generation"), time));
        _scheduler = new DenoiseScheduler(backend, options, time, logger);
    }

    public ImageModelDescription Description => new(
        _backend.Identity, _backend.Shape.DefaultSide, _backend.Shape.SizeStep, _options.MaxPixels, _options.MaxSteps, _backend.Shape.ReadsPictures);

    public async IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var started = _time.GetTimestamp();
        var parameters = ImageParameters.Resolve(job, _backend.Shape, _options);
        using var ticket = _admitted.Enter(job.Count, pending => _scheduler.QueueState(pending, job.Priority, job.Tenant), job.Deadline, job.Tenant);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var events = Channel.CreateUnbounded<PictureEvent>(new UnboundedChannelOptions { SingleReader = true });
        var pictures = await PrepareAsync(job, parameters, events.Writer, ending.Token);
        try
        {
            var position = _scheduler.Submit(pictures);
            yield return new ImageStarted(
                position, parameters.Width, parameters.Height, pictures[0].StepsToTake, [.. pictures.Select(picture => picture.Seed)], _backend.Identity);
            await foreach (var next in ReadAsync(events.Reader, pictures, parameters, started, cancellationToken))
            {
                yield return next;
            }
        }
        finally
        {
            // Whoever stops reading stops the work.
            await ending.CancelAsync();
        }
    }

    /// <summary>Pictures that wait for their turn.</summary>
    internal int Waiting => _scheduler.Waiting;

    /// <summary>After a run that failed every graph is run once; throws what is wrong with them. What works is not held up for that.</summary>
    public void Probe()
    {
        if (_scheduler.HasFailed)
        {
            _backend.WarmUp();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _backend.Dispose();
    }

    private async IAsyncEnumerable<ImageEvent> ReadAsync(
        ChannelReader<PictureEvent> events, Picture[] pictures, ImageParameters parameters, long started, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (left, waited) = (pictures.Length, new TimeSpan[pictures.Length]);
        await foreach (var (picture, done, latents) in events.ReadAllAsync(cancellationToken))
        {
            if (done == 0)
            {
                waited[picture.Index] = _time.GetElapsedTime(started);
                continue;
            }

            var isLast = done == picture.StepsToTake;
            var png = latents is null ? ReadOnlyMemory<byte>.Empty : await Task.Run(() => Draw(picture, latents, parameters), cancellationToken);
            yield return new ImageProgress(picture.Index, done, picture.StepsToTake, isLast ? default : png);
            if (isLast)
            {
                yield return new ImageFinished(picture.Index, png, picture.Seed, waited[picture.Index], _time.GetElapsedTime(started));
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
    }

    // Beside the running pictures, which wait for nobody.
    private Task<Picture[]> PrepareAsync(ImageJob job, ImageParameters parameters, ChannelWriter<PictureEvent> events, CancellationToken ending) => Task.Run(async () =>
    {
        var text = _prompts.Read(job.Prompt, job.Blend);
        var guides = parameters.Guidance != 1 && !_backend.Shape.ReadsGuidance;
        var negative = guides ? _prompts.Read(job.NegativePrompt, "negative_prompt") : null;
        var start = job.Start is { } item ? await EncodeAsync(item, parameters, ending) : null;
        return Enumerable.Range(0, job.Count).Select(index => Create(index, text, negative, start)).ToArray();

        Picture Create(int index, float[] words, float[]? against, float[]? picture)
        {
            var sampler = DiffusionSampler.Create(_backend.Shape.Samplers.First(config => config.Sampler == parameters.Sampler), parameters.Sampler, parameters.Steps, parameters.Strength);
            var seed = unchecked(parameters.Seed + (ulong)index);
            float[] latents = picture is null ? new float[_backend.Shape.LengthOf(parameters.Size)] : [.. picture];
            sampler.Begin(latents, NoiseOf(seed, job.Blend, latents.Length));
            return new Picture
            {
                Index = index,
                Seed = seed,
                Size = parameters.Size,
                Sampler = sampler,
                Step = sampler.FirstStep,
                Latents = latents,
                Text = words,
                Negative = against,
                Guidance = parameters.Guidance,
                Shown = ShownOf(job.Previews, sampler.Steps - sampler.FirstStep),
                Priority = job.Priority,
                Tenant = job.Tenant ?? Tenant.Default,
                Events = events,
                Cancellation = ending,
            };
        }
    }, ending);

    private async Task<float[]> EncodeAsync(Media.MediaItem item, ImageParameters parameters, CancellationToken cancellationToken) =>
        _backend.Encode(await _codec.ReadAsync(item, parameters.Width, parameters.Height, cancellationToken), parameters.Size);

    private static float[] NoiseOf(ulong seed, ImageBlend? blend, int length)
    {
        var noise = new float[length];
        GaussianNoise.Fill(noise, seed, 0);
        if (blend?.Seed is { } other)
        {
            var others = new float[length];
            GaussianNoise.Fill(others, other, 0);
            GaussianNoise.Blend(noise, others, blend.Weight);
        }

        return noise;
    }

    // Evenly over the steps, and not the last, which is the picture.
    private static HashSet<int> ShownOf(int previews, int steps) => [.. Enumerable.Range(1, previews).Select(i => i * steps / (previews + 1)).Where(step => step > 0)];

    private byte[] Draw(Picture picture, float[] latents, ImageParameters parameters)
    {
        try
        {
            return _codec.Write(_backend.Decode(latents, picture.Size), parameters.Width, parameters.Height);
        }
        catch (Exception error) when (error is not SensoriumException)
        {
            throw SensoriumException.ModelFault($"The model could not draw what it had made: {error.Message}", error);
        }
    }
}

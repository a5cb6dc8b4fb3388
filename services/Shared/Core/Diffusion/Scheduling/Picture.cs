using System.Threading.Channels;
using Sensorium.Core.Admission;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Diffusion.Scheduling;

/// <summary>One picture on its way out of noise.</summary>
internal sealed class Picture
{
    public required int Index { get; init; }

    public required ulong Seed { get; init; }

    public required LatentSize Size { get; init; }

    public required DiffusionSampler Sampler { get; init; }

    /// <summary>Changed by every step.</summary>
    public required float[] Latents { get; init; }

    public required float[] Text { get; init; }

    /// <summary>What guidance leads away from; null where there is none.</summary>
    public required float[]? Negative { get; init; }

    public required float Guidance { get; init; }

    /// <summary>Steps after which the latents are shown.</summary>
    public required IReadOnlyCollection<int> Shown { get; init; }

    public required RequestPriority Priority { get; init; }

    public required Tenant Tenant { get; init; }

    /// <summary>Takes as many events as there are steps, so that no reader holds up the others.</summary>
    public required ChannelWriter<PictureEvent> Events { get; init; }

    public required CancellationToken Cancellation { get; init; }

    /// <summary>The next step.</summary>
    public int Step { get; set; }

    public bool IsDone => Step >= Sampler.Steps;

    /// <summary>Rows that it takes of a run.</summary>
    public int Rows => Negative is null ? 1 : 2;

    /// <summary>Steps that it takes altogether.</summary>
    public int StepsToTake => Sampler.Steps - Sampler.FirstStep;
}

/// <summary>What became of a picture.</summary>
/// <param name="StepsDone">0 when it leaves the queue.</param>
/// <param name="Latents">A copy where it is to be shown, or is done; else null.</param>
internal readonly record struct PictureEvent(Picture Picture, int StepsDone, float[]? Latents);

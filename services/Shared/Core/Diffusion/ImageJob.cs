using Sensorium.Core.Admission;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Diffusion;

/// <summary>One request for pictures. Null leaves a choice to the model.</summary>
/// <param name="Prompt">What shall be seen.</param>
public sealed record ImageJob(string RequestId, string Prompt)
{
    /// <summary>What shall not be seen; guidance leads away from it.</summary>
    public string NegativePrompt { get; init; } = "";

    public int? Width { get; init; }

    public int? Height { get; init; }

    public int? Steps { get; init; }

    /// <summary>How much more the prompt counts than no prompt; 1 is no guidance.</summary>
    public float? Guidance { get; init; }

    /// <summary>Of the first picture; each further one has the next.</summary>
    public ulong? Seed { get; init; }

    /// <summary>How many pictures.</summary>
    public int Count { get; init; } = 1;

    public SamplerKind? Sampler { get; init; }

    /// <summary>The picture that is changed; null where one is made.</summary>
    public MediaItem? Start { get; init; }

    /// <summary>How much of it becomes noise, over 0 up to 1.</summary>
    public float? Strength { get; init; }

    /// <summary>How many pictures are shown on the way.</summary>
    public int Previews { get; init; }

    /// <summary>Between this picture and another; null where it is this one.</summary>
    public ImageBlend? Blend { get; init; }

    public ModelSelector? Model { get; init; }

    public RequestPriority Priority { get; init; } = RequestPriority.Normal;

    /// <summary>Whose request it is; null until it has been told.</summary>
    public Tenant? Tenant { get; init; }

    /// <summary>When the caller gives up; null if it did not say.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>A seed for who gave none. Readers of JSON keep no larger number.</summary>
    public static ulong NewSeed() => (ulong)Random.Shared.NextInt64(1L << 53);
}

/// <summary>The other of two pictures that one lies between: vectors of the prompts are mixed, and noises turned into one another.</summary>
/// <param name="Seed">Null takes the same noise.</param>
/// <param name="Weight">0 is the first picture, 1 the other.</param>
public sealed record ImageBlend(string Prompt, ulong? Seed, float Weight);

using Sensorium.Core.Admission;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Tenancy;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>One request, ready to be decoded.</summary>
internal sealed class DecodeJob
{
    public required string RequestId { get; init; }

    /// <summary>The scheduler disposes it once it has been copied into a batch, or dropped.</summary>
    public required CrossAttentionLease CrossAttention { get; init; }

    /// <summary>Fused tokens of each medium, in order; what explanations are divided by.</summary>
    public required IReadOnlyList<int> MediaTokens { get; init; }

    /// <summary>Start token, if there is one, then the prompt; at least one token.</summary>
    public required int[] Prompt { get; init; }

    /// <summary>How many of <see cref="Prompt"/> are the caller's.</summary>
    public required int PromptTokens { get; init; }

    /// <summary>Leading white space is dropped: right for a text of its own. A continuation keeps it, so that prompt and text read on.</summary>
    public required bool TrimsStart { get; init; }

    public required DecodingParameters Parameters { get; init; }

    public bool Explain { get; init; }

    /// <summary>Filled while a single choice is decoded; null if nobody wants them.</summary>
    public HeadWeights? Heads { get; init; }

    public RequestPriority Priority { get; init; }

    public Tenant Tenant { get; init; } = Tenant.Default;

    /// <summary>Steps of single sequences that its tenant was charged for when it got its slots.</summary>
    public double Charged { get; set; }

    public required CaptionStream Stream { get; init; }

    public required JobClock Clock { get; init; }

    public CancellationToken Cancellation { get; init; }
}

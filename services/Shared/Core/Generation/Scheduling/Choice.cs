using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Sampling;
using Sensorium.Core.Generation.Text;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>What one choice has produced so far.</summary>
internal sealed class Choice(int index, DecodingParameters parameters, SamplingBuffers buffers, int[] prompt, CaptionText text)
{
    public int Index { get; } = index;

    public TokenSampler Sampler { get; } = new(parameters, index, buffers, prompt);

    public CaptionText Text { get; } = text;

    /// <summary>Without the closing token.</summary>
    public int Tokens { get; set; }

    /// <summary>Sum of log-probabilities, the closing token's included.</summary>
    public float Score { get; set; }
}

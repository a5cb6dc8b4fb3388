using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Sampling;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>What all groups of one scheduler share.</summary>
/// <param name="Ended">Told of each request that had its slots, with the steps of its sequences.</param>
internal sealed record GroupContext(
    ModelIdentity Model,
    ITokenizer Tokenizer,
    SamplingBuffers Buffers,
    GenerationMetrics Metrics,
    Action<DecodeJob, int> Ended);

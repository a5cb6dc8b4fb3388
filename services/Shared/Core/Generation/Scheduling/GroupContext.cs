using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Sampling;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>What all groups of one scheduler share.</summary>
internal sealed record GroupContext(
    ModelIdentity Model,
    ITokenizer Tokenizer,
    SamplingBuffers Buffers,
    GenerationMetrics Metrics);

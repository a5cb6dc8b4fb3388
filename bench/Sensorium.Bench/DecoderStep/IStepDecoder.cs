namespace Sensorium.Bench.DecoderStep;

/// <summary>A decoder that takes one token of one row at a time; which tokens does not matter to its time.</summary>
internal interface IStepDecoder : IDisposable
{
    /// <summary>Runs steps with 1, 2, … tokens before them, over the media of one picture.</summary>
    void Decode(int steps);
}

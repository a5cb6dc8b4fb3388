namespace Sensorium.Core.Batching;

/// <summary>What a batcher runs. <see cref="Prepare"/> may be called while an earlier batch runs; runs never overlap.</summary>
public interface IBatchProcessor<in TInput, TOutput>
{
    /// <summary>Brings the inputs into the form that the device reads. Inputs are of one shape key.</summary>
    IPreparedBatch<TOutput> Prepare(IReadOnlyList<TInput> inputs);

    /// <summary>
    /// Runs an input that is known to be good. True tells the batcher that a failure comes from the items and not from the
    /// device. Called between runs.
    /// </summary>
    bool Probe() => true;

    /// <summary>Gives back memory that is held for runs to come. Called between runs, when there has been none for a while.</summary>
    void Relieve()
    {
    }
}

/// <summary>A batch that is ready to run, once.</summary>
public interface IPreparedBatch<out TOutput> : IDisposable
{
    /// <summary>One output per input, in order.</summary>
    IReadOnlyList<TOutput> Run();
}

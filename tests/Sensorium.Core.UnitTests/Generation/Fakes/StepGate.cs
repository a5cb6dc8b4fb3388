namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>Holds the decoding thread before its next run until the test lets it go.</summary>
internal sealed class StepGate : IDisposable
{
    private readonly ManualResetEventSlim _open = new();
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Enter(IReadOnlyList<float> media, int[] tokens)
    {
        _entered.TrySetResult();
        _open.Wait();
    }

    public Task WaitForStepAsync() => _entered.Task;

    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}

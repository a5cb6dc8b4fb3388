using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations;

/// <summary>
/// An explanation or a clip asks for much at a time when others do, too. A service that is busy says when to come again; it is not
/// the caller's fault, and what was done until then must not be lost.
/// </summary>
internal static class Patience
{
    private const int Tries = 20;

    /// <exception cref="SensoriumException">The call fails for another reason, or is refused to the end.</exception>
    public static async Task<T> TryAsync<T>(Func<Task<T>> call, TimeProvider time, CancellationToken cancellationToken)
    {
        for (var tried = 1; ; tried++)
        {
            try
            {
                return await call();
            }
            catch (SensoriumException error) when (error.IsPassingOverload && tried < Tries)
            {
                await Task.Delay(error.RetryAfter!.Value, time, cancellationToken);
            }
        }
    }
}

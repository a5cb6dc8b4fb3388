using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Intake;

/// <summary>All media of one request, in its order. Holds their content until disposed.</summary>
internal sealed class ReceivedBatch(IReadOnlyList<ReceivedMedia> media) : IAsyncDisposable
{
    public IReadOnlyList<ReceivedMedia> Media => media;

    public IEnumerable<ReceivedMedia> Good => media.Where(medium => medium.Error is null);

    public IEnumerable<ReceivedMedia> Bad => media.Where(medium => medium.Error is not null);

    /// <exception cref="SensoriumException">The first error, if there is any.</exception>
    public void ThrowIfAnyFailed()
    {
        if (Bad.FirstOrDefault() is { } bad)
        {
            throw bad.Error!;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var medium in media)
        {
            await medium.DisposeAsync();
        }
    }
}

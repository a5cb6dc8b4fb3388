using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Receives the media of cases, those of all cases at once. Cases fail one by one.</summary>
internal sealed class CaseReceiver(MediaIntake intake)
{
    /// <param name="inputs">With their ids.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public async Task<ReceivedCases> ReceiveAsync(IReadOnlyList<CaseInput> inputs, CancellationToken cancellationToken)
    {
        var receiving = inputs.Select(input => ReceiveAsync(input, cancellationToken)).ToArray();
        try
        {
            return new ReceivedCases(await Task.WhenAll(receiving));
        }
        catch
        {
            await new ReceivedCases([.. receiving.Where(one => one.IsCompletedSuccessfully).Select(one => one.Result)]).DisposeAsync();
            throw;
        }
    }

    private async Task<ReceivedCase> ReceiveAsync(CaseInput input, CancellationToken cancellationToken)
    {
        if (input.Error is { } written)
        {
            return new ReceivedCase(input, null, written);
        }

        MediaInput[] media = input.Notes.Length == 0 ? [.. input.Media] : [.. input.Media, MediaInput.OfText($"{input.Field}.notes", input.Notes)];
        if (media.Length == 0)
        {
            return new ReceivedCase(input, null, null);
        }

        try
        {
            var batch = await intake.ReceiveAsync(media, $"{input.Field}.media", cancellationToken);
            return new ReceivedCase(input, batch, batch.Bad.FirstOrDefault()?.Error);
        }
        catch (SensoriumException error)
        {
            return new ReceivedCase(input, null, error);
        }
    }
}

/// <param name="Batch">Its media, the notes as the last; null if it has none, or they cannot be received.</param>
internal sealed record ReceivedCase(CaseInput Input, ReceivedBatch? Batch, SensoriumException? Error);

/// <summary>Holds the content of the media of all cases until disposed.</summary>
internal sealed class ReceivedCases(IReadOnlyList<ReceivedCase> cases) : IAsyncDisposable
{
    public IReadOnlyList<ReceivedCase> Cases => cases;

    public async ValueTask DisposeAsync()
    {
        foreach (var one in cases)
        {
            await (one.Batch?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }
}

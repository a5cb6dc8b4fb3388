using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Client;

/// <summary>Decisions, and the deciders that are taught for them.</summary>
public sealed partial class SensoriumClient
{
    /// <summary>Answers questions about cases. Cases fail one by one, each in its own result.</summary>
    public Task<DecideResponse> DecideAsync(DecideRequest request, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.DecideAsync(request, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Teaches a decider. Answers how far it is, and at the end one message with <see cref="TeachResponse.Taught"/>.</summary>
    /// <param name="header">What is to be taught.</param>
    /// <param name="cases">Sent as they come.</param>
    /// <param name="cancellationToken">Ends the teaching.</param>
    public async IAsyncEnumerable<TeachResponse> TeachAsync(
        TeachHeader header, IAsyncEnumerable<TaughtCase> cases, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var call = _service.Teach(cancellationToken: stop.Token);
        var writing = WriteCasesAsync(call.RequestStream, header, cases, stop);
        var taught = false;
        while (await TranslateAsync(() => NextAsync(call.ResponseStream, writing, stop.Token, cancellationToken), cancellationToken).ConfigureAwait(false))
        {
            taught |= call.ResponseStream.Current.Taught is not null;
            yield return call.ResponseStream.Current;
        }

        await writing.ConfigureAwait(false);
        if (!taught)
        {
            throw new SensoriumCallException(StatusCode.Unavailable, SensoriumCallException.IncompleteStream, "The teaching ended before it was finished.");
        }
    }

    /// <summary>Every version of every decider.</summary>
    public Task<ListDecidersResponse> ListDecidersAsync(CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.ListDecidersAsync(new ListDecidersRequest(), CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Gives a decider's memory back.</summary>
    /// <param name="decider">"id", or "id@version".</param>
    /// <param name="cancellationToken">Of the call.</param>
    public Task<UnloadDeciderResponse> UnloadDeciderAsync(string decider, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.UnloadDeciderAsync(new UnloadDeciderRequest { Decider = decider }, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    /// <summary>Removes a decider for good.</summary>
    /// <param name="decider">"id@version", or "id" for all its versions.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public Task<DeleteDeciderResponse> DeleteDeciderAsync(string decider, CancellationToken cancellationToken = default) =>
        TranslateAsync(() => _service.DeleteDeciderAsync(new DeleteDeciderRequest { Decider = decider }, CallOptions(cancellationToken)).ResponseAsync, cancellationToken);

    private static async Task WriteCasesAsync(
        IClientStreamWriter<TeachRequest> requests, TeachHeader header, IAsyncEnumerable<TaughtCase> cases, CancellationTokenSource stop)
    {
        try
        {
            await requests.WriteAsync(new TeachRequest { Header = header }, stop.Token).ConfigureAwait(false);
            await foreach (var taught in cases.WithCancellation(stop.Token).ConfigureAwait(false))
            {
                await requests.WriteAsync(new TeachRequest { Case = taught }, stop.Token).ConfigureAwait(false);
            }

            await requests.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RpcException or InvalidOperationException)
        {
            // The gateway refused early. The answer says why.
        }
        catch
        {
            // The cases ended in a failure of the caller's own: the gateway must not wait for more.
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<bool> NextAsync(IAsyncStreamReader<TeachResponse> answers, Task writing, CancellationToken stopped, CancellationToken cancellationToken)
    {
        try
        {
            return await answers.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException) when (stopped.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            await writing.ConfigureAwait(false);
            throw;
        }
    }
}

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
    public IAsyncEnumerable<TeachResponse> TeachAsync(TeachHeader header, IAsyncEnumerable<TaughtCase> cases, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(cases);
        var messages = cases.Select(taught => new TeachRequest { Case = taught }).Prepend(new TeachRequest { Header = header });
        return ToItsEndAsync(
            ExchangeAsync(stop => _service.Teach(cancellationToken: stop), messages, cancellationToken),
            answer => answer.Taught is not null,
            1,
            "The teaching ended before it was finished.",
            cancellationToken);
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
}

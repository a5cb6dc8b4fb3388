namespace Sensorium.Hosting.Grpc.Clients;

/// <summary>
/// The deadline of the call that is being served. It is handed on only with that call's own cancellation token: work that
/// several calls share has a token of its own, and must not die with the shortest deadline among them.
/// </summary>
internal sealed record CallScope(DateTime Deadline, CancellationToken Token)
{
    private static readonly AsyncLocal<CallScope?> Ambient = new();

    public static void Enter(DateTime deadline, CancellationToken token) => Ambient.Value = new CallScope(deadline, token);

    /// <summary>Null if the caller set no deadline, or if the work is not this call's alone.</summary>
    public static DateTime? DeadlineFor(CancellationToken token) =>
        Ambient.Value is { } scope && scope.Token == token && scope.Deadline != DateTime.MaxValue ? scope.Deadline : null;
}

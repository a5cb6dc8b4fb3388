using Microsoft.Extensions.Logging;
using Sensorium.Caching.Keys;
using Sensorium.Caching.Redis;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models;

namespace Sensorium.Caching.Descriptions;

/// <summary>
/// What an encoder last said about itself: kept in memory, and in Redis for processes that start while it is down.
/// Once known, it is renewed in the background and nobody waits for it.
/// </summary>
internal sealed partial class DescriptionMemory(
    IEncoder inner,
    string origin,
    SharedLevel? shared,
    CacheOptions options,
    TimeProvider time,
    ILogger<DescriptionMemory> logger)
{
    // A peer that neither answers nor refuses must not hold the one attempt for ever.
    private static readonly TimeSpan AttemptLimit = TimeSpan.FromSeconds(30);

    // Waited for only while the encoder is silent and unknown, when the alternative is to fail.
    private static readonly TimeSpan RecallLimit = TimeSpan.FromSeconds(2);

    private readonly Lock _lock = new();
    private readonly string _sharedKey = DescriptionCodec.KeyOf(inner.Modality, origin);
    private volatile KeyScopes? _current;
    private Task<KeyScopes>? _attempt;
    private Task<ServedModels<EncoderDescription>?>? _recall;
    private long _lastAttempt;
    private volatile bool _isExpired = true;
    private int _wantedVersion;
    private int _attemptVersion;
    private int _triedVersion;

    /// <summary>Reads what Redis remembers ahead of the first request. It is used only if the encoder does not answer.</summary>
    public void Prepare() => _ = ReadStoredAsync();

    /// <summary>Null if the encoder has never been heard of and does not answer now.</summary>
    public ValueTask<KeyScopes?> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is not { } current)
        {
            return new(LearnAsync(cancellationToken));
        }

        if (IsContradicted)
        {
            return new(AskAgainAsync(current, cancellationToken));
        }

        if (IsOld)
        {
            _ = AttemptAsync();
        }

        return new(current);
    }

    /// <summary>Fresh if it is known to be, or if the encoder answers quickly; else the last that is known.</summary>
    /// <exception cref="Core.Errors.SensoriumException">The encoder cannot be asked and has never answered.</exception>
    public async ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken)
    {
        if (_current is { } current && !IsOld)
        {
            return current.Served;
        }

        var attempt = AttemptAsync();
        var scope = await AnsweredQuicklyAsync(attempt, cancellationToken) ? await attempt : await RecallAsync();
        return (scope ?? await attempt.WaitAsync(cancellationToken)).Served;
    }

    /// <summary>Asks the encoder now. Null if it does not answer.</summary>
    public async Task<KeyScopes?> RenewAsync(CancellationToken cancellationToken)
    {
        var attempt = AttemptAsync();
        await ((Task)attempt).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return attempt.IsCompletedSuccessfully ? await attempt : null;
    }

    /// <summary>Has the description renewed at its next use, as something contradicted it.</summary>
    public void Expire() => _isExpired = true;

    /// <summary>Models have come or gone: what is known now is not used again unless the encoder does not answer.</summary>
    public void Invalidate() => Interlocked.Increment(ref _wantedVersion);

    private bool IsContradicted => Volatile.Read(ref _triedVersion) != Volatile.Read(ref _wantedVersion);

    private bool IsOld => _isExpired || IsContradicted || time.GetElapsedTime(Volatile.Read(ref _lastAttempt)) >= options.DescriptionLifetime;

    private async Task<KeyScopes?> AskAgainAsync(KeyScopes known, CancellationToken cancellationToken)
    {
        var attempt = AttemptAsync();
        return await AnsweredQuicklyAsync(attempt, cancellationToken) ? await attempt : known;
    }

    private async Task<KeyScopes?> LearnAsync(CancellationToken cancellationToken)
    {
        var attempt = AttemptAsync();
        if (await AnsweredQuicklyAsync(attempt, cancellationToken))
        {
            return await attempt;
        }

        return await RecallAsync() ?? await RenewAsync(cancellationToken);
    }

    private async Task<bool> AnsweredQuicklyAsync(Task<KeyScopes> attempt, CancellationToken cancellationToken)
    {
        await ((Task)attempt).WaitAsync(options.DescriptionTimeout, time, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellationToken.ThrowIfCancellationRequested();
        return attempt.IsCompletedSuccessfully;
    }

    private async Task<KeyScopes?> RecallAsync()
    {
        if (_current is { } current)
        {
            return current;
        }

        if (await ReadStoredAsync() is not { } description)
        {
            return _current;
        }

        LogRecalled(inner.Modality, Revisions(description));
        lock (_lock)
        {
            return _current ??= new KeyScopes(description);
        }
    }

    private Task<ServedModels<EncoderDescription>?> ReadStoredAsync()
    {
        lock (_lock)
        {
            if (_recall is null or { IsCompletedSuccessfully: true, Result: null })
            {
                _recall = ReadAsync();
            }

            return _recall;
        }

        async Task<ServedModels<EncoderDescription>?> ReadAsync() =>
            shared is not null && await shared.ReadAsync(_sharedKey, RecallLimit) is { } stored ? DescriptionCodec.Decode(stored, inner.Modality) : null;
    }

    // One attempt at a time, of which nobody's cancellation is the end.
    private Task<KeyScopes> AttemptAsync()
    {
        lock (_lock)
        {
            // One that began before a change may answer what was before it.
            var version = Volatile.Read(ref _wantedVersion);
            if (_attempt is { IsCompleted: false } running && _attemptVersion == version)
            {
                return running;
            }

            (_isExpired, _attemptVersion) = (false, version);
            Volatile.Write(ref _lastAttempt, time.GetTimestamp());
            using (ExecutionContext.SuppressFlow())
            {
                return _attempt = Task.Run(() => AskAsync(version));
            }
        }
    }

    private async Task<KeyScopes> AskAsync(int version)
    {
        try
        {
            using var limit = new CancellationTokenSource(AttemptLimit, time);
            var description = await inner.DescribeAsync(limit.Token);
            Adopt(description, version);
            return _current!;
        }
        catch (Exception e)
        {
            LogUnanswered(inner.Modality, origin, e.Message);
            throw;
        }
        finally
        {
            Volatile.Write(ref _triedVersion, Math.Max(version, Volatile.Read(ref _triedVersion)));
        }
    }

    private void Adopt(ServedModels<EncoderDescription> description, int version)
    {
        if (version < Volatile.Read(ref _triedVersion))
        {
            return;
        }

        var scopes = new KeyScopes(description);
        if (_current is { } known && !scopes.Covers(known))
        {
            LogChanged(inner.Modality, Revisions(known.Served), Revisions(description));
        }

        lock (_lock)
        {
            _current = scopes;
        }

        // Written again each time, so that it lives as long in Redis as what is stored under it.
        shared?.Write(_sharedKey, DescriptionCodec.Encode(description));
    }

    private static string Revisions(ServedModels<EncoderDescription> served) =>
        string.Join(", ", served.Models.Select(model => model.Model.Revision));
}

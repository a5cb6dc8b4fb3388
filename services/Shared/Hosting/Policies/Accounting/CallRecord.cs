using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>What is known of one call for its record: which models ran on what, and how it ended. Safe to use from several threads.</summary>
public sealed class CallRecord
{
    /// <summary>A live stream may have ten a second for hours.</summary>
    internal const int MostMedia = 1_000;

    private readonly Lock _gate = new();
    private readonly SortedSet<string> _models = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _media = new(StringComparer.Ordinal);
    private long _tokensIn;
    private long _tokensOut;
    private int _items;

    /// <summary>False where nobody asks for <see cref="Media"/>, which are not hashed then.</summary>
    internal bool KeepsMedia { get; init; } = true;

    /// <summary>Told of tokens as they are counted.</summary>
    internal Action<long, long>? Counted { get; set; }

    /// <summary>What it failed with, or what its stream ended with; null if it did not.</summary>
    public SensoriumException? Failure { get; private set; }

    internal long TokensIn => Interlocked.Read(ref _tokensIn);

    internal long TokensOut => Interlocked.Read(ref _tokensOut);

    internal int Items => Volatile.Read(ref _items);

    internal string[] Models
    {
        get
        {
            lock (_gate)
            {
                return [.. _models];
            }
        }
    }

    /// <summary>SHA-256 of what is not text: that of a word would tell the word.</summary>
    internal string[] Media
    {
        get
        {
            lock (_gate)
            {
                return [.. _media];
            }
        }
    }

    /// <summary>The first failure is what the call is about; the others follow from it.</summary>
    public void Fail(SensoriumException failure) => Failure ??= failure;

    internal void AddTokens(long read, long written)
    {
        Interlocked.Add(ref _tokensIn, read);
        Interlocked.Add(ref _tokensOut, written);
        if (read + written > 0)
        {
            Counted?.Invoke(read, written);
        }
    }

    internal void AddItem() => Interlocked.Increment(ref _items);

    internal void AddModel(string id)
    {
        lock (_gate)
        {
            _models.Add(id);
        }
    }

    /// <summary>It is about this medium. The first <see cref="MostMedia"/> are kept.</summary>
    public void AddMedium(string sha256)
    {
        lock (_gate)
        {
            if (_media.Count < MostMedia)
            {
                _media.Add(sha256);
            }
        }
    }
}

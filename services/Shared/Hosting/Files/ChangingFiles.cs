namespace Sensorium.Hosting.Files;

/// <summary>
/// A value that is read from files, and read again when they have changed: looked at when it is asked for, once a second at
/// most. While the files cannot be read, as between two that are replaced one after the other, the value before them stays.
/// </summary>
internal sealed class ChangingFiles<T>
    where T : class
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<string> _paths;
    private readonly Func<T> _read;
    private readonly TimeProvider _time;
    private readonly Lock _gate = new();
    private FileState[] _states;
    private FileState[]? _unreadable;
    private T _current;
    private long _lookedAt;

    /// <exception cref="Exception">What <paramref name="read"/> throws: at first there must be a value.</exception>
    public ChangingFiles(IReadOnlyList<string> paths, Func<T> read, TimeProvider time)
    {
        (_paths, _read, _time) = (paths, read, time);
        _states = States();
        _current = read();
        _lookedAt = time.GetTimestamp();
    }

    /// <summary>Told once for each change that was read.</summary>
    public Action<T> Changed { get; init; } = _ => { };

    /// <summary>Told once for each change that could not be read.</summary>
    public Action<Exception> Unreadable { get; init; } = _ => { };

    public T Current
    {
        get
        {
            lock (_gate)
            {
                if (_time.GetElapsedTime(_lookedAt) >= LookAgain)
                {
                    Look();
                }

                return _current;
            }
        }
    }

    private void Look()
    {
        _lookedAt = _time.GetTimestamp();
        var states = States();
        if (states.SequenceEqual(_states))
        {
            return;
        }

        try
        {
            _current = _read();
            (_states, _unreadable) = (states, null);
            Changed(_current);
        }
        catch (Exception error)
        {
            // Tried again at each look: files may become readable without a change of their own.
            if (_unreadable is null || !states.SequenceEqual(_unreadable))
            {
                Unreadable(error);
            }

            _unreadable = states;
        }
    }

    private FileState[] States() => [.. _paths.Select(FileState.Of)];
}

using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Keeps what is logged as a warning or worse.</summary>
internal sealed class Complaints : ILoggerProvider, ILogger
{
    public ConcurrentQueue<string> Said { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            Said.Enqueue(formatter(state, exception));
        }
    }

    public void Dispose()
    {
        // Nothing is held.
    }
}

using System.Globalization;

namespace Sensorium.Bench;

/// <summary>Options of a command line, each with its value; what is taken is no longer there.</summary>
internal sealed class OptionValues
{
    private readonly Dictionary<string, string> _values = [];

    /// <exception cref="ArgumentException">One of them is no option, or has no value.</exception>
    public OptionValues(IReadOnlyList<string> arguments)
    {
        for (var i = 0; i < arguments.Count; i += 2)
        {
            if (!arguments[i].StartsWith("--", StringComparison.Ordinal) || i + 1 == arguments.Count)
            {
                throw new ArgumentException($"'{arguments[i]}' is not an option with a value.");
            }

            _values[arguments[i][2..]] = arguments[i + 1];
        }
    }

    /// <summary>How many cores there are to divide: servers are on the first half, the load generator on the others.</summary>
    public static int Cores { get; } =
        Math.Max(2, File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal)));

    public static string FirstHalf => $"0-{(Cores / 2) - 1}";

    public static string SecondHalf => $"{Cores / 2}-{Cores - 1}";

    public string? Take(string name) => _values.Remove(name, out var value) ? value : null;

    public IReadOnlyList<string> TakeList(string name) => Take(name)?.Split(',') ?? [];

    public T Take<T>(string name, T standard)
        where T : IParsable<T> => Take(name) is { } text ? T.Parse(text, CultureInfo.InvariantCulture) : standard;

    public TimeSpan TakeSeconds(string name, double standard) => TimeSpan.FromSeconds(Take(name, standard));

    /// <exception cref="ArgumentException">Something is left that nobody took.</exception>
    public void RequireEmpty()
    {
        if (_values.Count > 0)
        {
            throw new ArgumentException($"Unknown option: --{_values.Keys.First()}.");
        }
    }
}

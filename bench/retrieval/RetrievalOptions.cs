using System.Globalization;

namespace Sensorium.Bench.Retrieval;

/// <param name="Gateway">The assembly to run.</param>
/// <param name="Sizes">Vectors that a collection has when it is measured, ascending.</param>
/// <param name="Queries">Of each measurement.</param>
/// <param name="Redis">A server with vector sets; empty leaves it out.</param>
/// <param name="Postgres">A server with pgvector; empty leaves it out.</param>
internal sealed record RetrievalOptions(
    string Gateway, IReadOnlyList<string> Stores, IReadOnlyList<int> Sizes, int Queries, int Width, string Redis, string Postgres, string Json)
{
    public static RetrievalOptions Parse(string[] arguments)
    {
        var values = arguments.Chunk(2).ToDictionary(
            pair => pair.Length == 2 && pair[0].StartsWith("--", StringComparison.Ordinal) ? pair[0][2..] : throw new ArgumentException($"'{pair[0]}' is not an option with a value."),
            pair => pair[1]);
        var options = new RetrievalOptions(
            Take("gateway", ""),
            Take("stores", "embedded,redis,garnet,postgres").Split(','),
            [.. Take("sizes", "1000,10000,100000").Split(',').Select(Number).Order()],
            Number(Take("queries", "200")),
            Number(Take("width", "512")),
            Take("redis", Environment.GetEnvironmentVariable("SENSORIUM_REDIS8") ?? ""),
            Take("postgres", Environment.GetEnvironmentVariable("SENSORIUM_POSTGRES") ?? ""),
            Take("json", ""));
        return values.Count == 0 ? options : throw new ArgumentException($"Unknown option: --{values.Keys.First()}.");

        string Take(string name, string standard) => values.Remove(name, out var value) ? value : standard;

        int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
    }
}

using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Sensorium.Bench.Retrieval;

/// <summary>What keeps the vectors, and how much room they take there.</summary>
/// <param name="Name">With its version.</param>
/// <param name="StoredBytesAsync">Null where it cannot be told.</param>
internal sealed record StoreFacts(string Name, Func<Task<long?>> StoredBytesAsync)
{
    public static async Task<StoreFacts> OfAsync(string store, string folder, RetrievalOptions options) => store switch
    {
        "garnet" => new StoreFacts($"Garnet {typeof(Garnet.GarnetServer).Assembly.GetName().Version?.ToString(3)}, in the process of the benchmark", () => Task.FromResult<long?>(null)),
        "redis" => new StoreFacts($"Redis {await InfoAsync(options.Redis, "server", "redis_version")}", async () => Number(await InfoAsync(options.Redis, "memory", "used_memory"))),
        "postgres" => new StoreFacts(
            $"PostgreSQL {await ReadAsync(options.Postgres, "SELECT split_part(current_setting('server_version'), ' ', 1) || ', pgvector ' || default_version FROM pg_available_extensions WHERE name = 'vector'")}",
            async () => Number(await ReadAsync(options.Postgres, "SELECT pg_database_size(current_database())::text"))),
        _ => new StoreFacts("SQLite and memory, in the gateway", () => Task.FromResult<long?>(new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length))),
    };

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>One value of what a server that speaks Redis' protocol says of itself.</summary>
    private static async Task<string> InfoAsync(string address, string section, string key)
    {
        var (host, port) = address.Split(',')[0].Split(':') is [var name, var number] ? (name, int.Parse(number, CultureInfo.InvariantCulture)) : (address, 6379);
        using var client = new TcpClient(host, port);
        await using var stream = client.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"INFO {section}\r\n"));
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(key + ":", StringComparison.Ordinal))
            {
                return line[(key.Length + 1)..];
            }
        }

        throw new InvalidDataException($"{address} does not say its {key}.");
    }

    private static async Task<string> ReadAsync(string connection, string query)
    {
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(query);
        return (string)(await command.ExecuteScalarAsync())!;
    }
}

using Npgsql;

namespace Sensorium.Index.Postgres;

internal static class PostgresCommands
{
    /// <param name="values">Of $1, $2 and so on.</param>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string text, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        }

        return command;
    }

    public static async Task<int> RunAsync(this NpgsqlConnection connection, string text, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = connection.Command(text, values);
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    public static async Task<List<T>> ReadAsync<T>(
        this NpgsqlConnection connection, string text, Func<NpgsqlDataReader, T> map, CancellationToken cancellationToken, params object[] values)
    {
        await using var command = connection.Command(text, values);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellationToken))
        {
            rows.Add(map(reader));
        }

        return rows;
    }
}

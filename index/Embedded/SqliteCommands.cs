using Microsoft.Data.Sqlite;

namespace Sensorium.Index.Embedded;

internal static class SqliteCommands
{
    public static SqliteCommand Command(this SqliteConnection connection, string text, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        }

        return command;
    }

    public static void Execute(this SqliteConnection connection, string text)
    {
        using var command = connection.Command(text);
        command.ExecuteNonQuery();
    }

    public static bool HasTable(this SqliteConnection connection, string name)
    {
        using var command = connection.Command("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = $name", ("$name", name));
        return (long)command.ExecuteScalar()! > 0;
    }
}

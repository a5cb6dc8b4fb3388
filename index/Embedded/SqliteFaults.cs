using Microsoft.Data.Sqlite;
using Sensorium.Core.Errors;

namespace Sensorium.Index.Embedded;

/// <summary>What goes wrong with a file, as callers are told of it: without the path, which is nobody's business but the operator's.</summary>
internal static class SqliteFaults
{
    private const int DiskFull = 13;

    public static T Translate<T>(string path, Func<T> work)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        try
        {
            return work();
        }
        catch (SqliteException fault) when (fault.SqliteErrorCode == DiskFull)
        {
            throw new SensoriumException(
                ErrorCode.ResourceExhausted, ErrorReasons.IndexFull, $"There is no room for collection \"{name}\" on its disk; nothing of this change is kept.", fault);
        }
        catch (SqliteException fault)
        {
            throw Unavailable($"The file of collection \"{name}\" cannot be used: SQLite error {fault.SqliteErrorCode}, {Explain(fault)}.", fault);
        }
        catch (InvalidDataException fault)
        {
            throw Unavailable($"The file of collection \"{name}\" cannot be read: {fault.Message}.", fault);
        }
    }

    public static SensoriumException Unavailable(string message, Exception? inner = null) =>
        SensoriumException.Unavailable(ErrorReasons.IndexUnavailable, message, inner);

    /// <summary>What is wrong with a folder.</summary>
    public static string Explain(Exception fault) => fault switch
    {
        UnauthorizedAccessException => "it may not be written to",
        DirectoryNotFoundException => "a folder above it is not there, and cannot be made",
        _ => "it cannot be written to, or its disk is full",
    };

    private static string Explain(SqliteException fault) => fault.SqliteErrorCode switch
    {
        8 => "it is read-only",
        10 => "the disk fails",
        11 or 26 => "it is damaged",
        14 => "it cannot be opened",
        _ => "see the log",
    };
}

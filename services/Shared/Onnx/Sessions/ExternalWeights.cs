using System.Globalization;

namespace Sensorium.Onnx.Sessions;

/// <summary>Whether the files beside a graph hold the weights that it looks for there. Messages of the runtime name neither file nor length.</summary>
internal static class ExternalWeights
{
    // Of onnx.proto: ModelProto.graph, GraphProto.initializer, TensorProto.external_data, and StringStringEntryProto.
    private const int Graph = 7;
    private const int Initializer = 5;
    private const int ExternalData = 13;
    private const int EntryKey = 1;
    private const int EntryValue = 2;
    private const int LongestText = 4096;

    /// <summary>What is wrong with the first file that does not hold what it should; null if all do, or if the graph cannot be read.</summary>
    public static string? Problem(string graphPath)
    {
        try
        {
            using var stream = File.OpenRead(graphPath);
            return WeightsOf(stream).GroupBy(weights => weights.Location, StringComparer.Ordinal)
                .Select(file => Problem(Path.GetDirectoryName(graphPath)!, file.Key, file.Max(weights => weights.End)))
                .FirstOrDefault(problem => problem is not null);
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    private static string? Problem(string folder, string name, long bytes)
    {
        var file = new FileInfo(Path.Combine(folder, name));
        return !file.Exists
            ? $"its weights are in '{name}', which is not beside it"
            : file.Length < bytes
                ? $"its weights reach to byte {bytes} of '{name}', which has {file.Length} bytes"
                : null;
    }

    private static IEnumerable<(string Location, long End)> WeightsOf(Stream stream)
    {
        var all = new ProtobufField(0, 0, stream.Length, 0);
        foreach (var tensor in Within(stream, all, Graph).SelectMany(graph => Within(stream, graph, Initializer)))
        {
            var entries = Within(stream, tensor, ExternalData).Select(entry => (Key: TextOf(stream, entry, EntryKey), Value: TextOf(stream, entry, EntryValue)))
                .ToLookup(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
            if (entries["location"].FirstOrDefault() is { } location)
            {
                yield return (location, Number(entries["offset"]) + Number(entries["length"]));
            }
        }
    }

    private static long Number(IEnumerable<string> values) =>
        long.TryParse(values.FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static IEnumerable<ProtobufField> Within(Stream stream, ProtobufField message, int number) =>
        ProtobufFields.Read(stream, message.Start, message.Start + message.Length).Where(field => field.Number == number);

    private static string TextOf(Stream stream, ProtobufField message, int number)
    {
        foreach (var field in Within(stream, message, number))
        {
            var bytes = new byte[Math.Min(field.Length, LongestText)];
            stream.Position = field.Start;
            stream.ReadExactly(bytes);
            return System.Text.Encoding.UTF8.GetString(bytes);
        }

        return "";
    }
}

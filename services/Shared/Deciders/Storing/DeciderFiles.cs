using System.Runtime.InteropServices;
using System.Text.Json;
using Sensorium.Deciders.Cases;
using Sensorium.Deciders.Deciding;

namespace Sensorium.Deciders.Storing;

/// <summary>A decider as files of one folder: what it is, what it has learned, and the cases that it remembers.</summary>
internal static class DeciderFiles
{
    private const string Info = "info.json";
    private const string Model = "model.json";
    private const string Cases = "cases.jsonl";

    public static void Write(string folder, Decider decider)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, Info), JsonSerializer.SerializeToUtf8Bytes(decider.Info, DeciderJson.Default.DeciderInfo));
        File.WriteAllBytes(Path.Combine(folder, Model), JsonSerializer.SerializeToUtf8Bytes(decider.Model, DeciderJson.Default.DeciderModel));
        File.WriteAllLines(Path.Combine(folder, Cases), decider.Cases.Select(one => JsonSerializer.Serialize(ToStored(one), DeciderJson.Default.StoredCase)));
    }

    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="JsonException">It is not what was written.</exception>
    public static DeciderInfo ReadInfo(string folder) => Read(Path.Combine(folder, Info), DeciderJson.Default.DeciderInfo);

    public static Decider Read(string folder)
    {
        var cases = File.ReadLines(Path.Combine(folder, Cases)).Select(line => FromStored(JsonSerializer.Deserialize(line, DeciderJson.Default.StoredCase)!));
        return new Decider(ReadInfo(folder), Read(Path.Combine(folder, Model), DeciderJson.Default.DeciderModel), [.. cases]);
    }

    private static T Read<T>(string path, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), type) ?? throw new JsonException($"{path} holds nothing.");

    private static StoredCase ToStored(RememberedCase one) => new(
        one.Id,
        one.Outcomes,
        one.Fields,
        one.Vectors.ToDictionary(pair => pair.Key, pair => Convert.ToBase64String(MemoryMarshal.AsBytes<Half>(pair.Value.Select(number => (Half)number).ToArray()))));

    private static RememberedCase FromStored(StoredCase one) => new(
        one.Id,
        one.Outcomes,
        one.Fields,
        one.Vectors.ToDictionary(
            pair => pair.Key,
            pair => MemoryMarshal.Cast<byte, Half>(Convert.FromBase64String(pair.Value)).ToArray().Select(number => (float)number).ToArray()));
}

/// <param name="Vectors">Half-precision numbers, little endian, in base64.</param>
internal sealed record StoredCase(
    string Id,
    IReadOnlyDictionary<string, string> Outcomes,
    IReadOnlyDictionary<string, FieldValue> Fields,
    IReadOnlyDictionary<string, string> Vectors);

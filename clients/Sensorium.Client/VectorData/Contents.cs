using System.Runtime.InteropServices;
using Google.Protobuf;
using Microsoft.Extensions.AI;
using Sensorium.Client.AI;
using Sensorium.V1;

namespace Sensorium.Client.VectorData;

/// <summary>What is put in or searched for: vectors that are there already, or words and media that the collection's model encodes.</summary>
internal static class Contents
{
    public static bool IsVector(System.Type type) => type == typeof(ReadOnlyMemory<float>) || type == typeof(ReadOnlyMemory<float>?) || type == typeof(float[]) || type == typeof(Embedding<float>);

    /// <summary>Null for what is no vector.</summary>
    public static Tensor? ToVector(object? value) => value switch
    {
        ReadOnlyMemory<float> memory => ToTensor(memory),
        float[] array => ToTensor(array),
        Embedding<float> embedding => ToTensor(embedding.Vector),
        _ => null,
    };

    /// <exception cref="NotSupportedException">It is neither words nor a medium.</exception>
    public static Media ToMedia(object? value) => value switch
    {
        string text => new Media { Text = text },
        AIContent content => MediaContents.ToMedia(content),
        Media media => media,
        _ => throw new NotSupportedException($"{value?.GetType().Name ?? "null"} is neither a vector nor a medium; give a string, a content of Microsoft.Extensions.AI, or floats."),
    };

    private static Tensor ToTensor(ReadOnlyMemory<float> vector) =>
        new() { Dtype = DataType.Float32, Shape = { vector.Length }, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(vector.Span)) };
}

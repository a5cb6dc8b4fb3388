using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Tensors;

namespace Sensorium.Onnx.Graphs;

/// <summary>Tensors of the domain to values of the runtime and back.</summary>
internal static class TensorValues
{
    /// <summary>Rows of one shape below each other.</summary>
    public static OrtValue Join(IReadOnlyList<Tensor> parts)
    {
        var first = parts[0];
        var shape = first.Shape.ToArray();
        if (parts.Count > 1)
        {
            shape[0] = parts.Sum(part => part.Shape[0]);
        }

        if (first.Type == TensorType.Bytes)
        {
            return JoinTexts(parts, shape);
        }

        var value = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, ElementTypes.Of(first.Type), shape);
        var rest = value.GetTensorMutableRawData();
        foreach (var part in parts)
        {
            part.Data.Span.CopyTo(rest);
            rest = rest[part.Data.Length..];
        }

        return value;
    }

    /// <summary>A copy, cut into as many rows as each part has; whole for one part.</summary>
    /// <param name="rows">Of each part.</param>
    public static Tensor[] Split(string name, OrtValue value, IReadOnlyList<long> rows)
    {
        var info = value.GetTensorTypeAndShape();
        var type = ElementTypes.Find(info.ElementDataType)!.Value;
        if (rows.Count == 1)
        {
            return [new Tensor(name, type, info.Shape, Copy(value, type, 0, info.ElementCount))];
        }

        if (info.Shape.Length == 0 || info.Shape[0] != rows.Sum())
        {
            throw new InvalidOperationException($"output '{name}' has the shape {TensorShape.Text(info.Shape)} for {rows.Sum()} rows");
        }

        var (parts, at, width) = (new Tensor[rows.Count], 0L, info.ElementCount / Math.Max(1, info.Shape[0]));
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = new Tensor(name, type, [rows[i], .. info.Shape[1..]], Copy(value, type, at * width, rows[i] * width));
            at += rows[i];
        }

        return parts;
    }

    private static OrtValue JoinTexts(IReadOnlyList<Tensor> parts, long[] shape)
    {
        var value = OrtValue.CreateTensorWithEmptyStrings(OrtAllocator.DefaultInstance, shape);
        var at = 0;
        foreach (var element in parts.SelectMany(part => TextElements.Read(part.Data)!))
        {
            value.StringTensorSetElementAt(element.Span, at++);
        }

        return value;
    }

    private static byte[] Copy(OrtValue value, TensorType type, long start, long count)
    {
        if (type == TensorType.Bytes)
        {
            return TextElements.Write([.. Enumerable.Range((int)start, (int)count).Select(i => (ReadOnlyMemory<byte>)value.GetStringElementAsSpan(i).ToArray())]);
        }

        var size = TensorTypes.SizeOf(type);
        return value.GetTensorMutableRawData().Slice(checked((int)(start * size)), checked((int)(count * size))).ToArray();
    }
}

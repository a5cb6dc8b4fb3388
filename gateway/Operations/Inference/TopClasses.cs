using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>
/// The extension "classification" of the protocol: in place of an output its greatest elements, of each row, as texts "VALUE:PLACE", or
/// "VALUE:PLACE:LABEL" where the model tells a label for each element.
/// </summary>
internal static class TopClasses
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER: it is wanted of an output that has no numbers.</exception>
    public static void Check(TensorModel model, InferCall call)
    {
        if (model.Outputs.FirstOrDefault(port => port.Type is TensorType.Bytes or TensorType.Bool && call.Classes.ContainsKey(port.Name)) is { } other)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"'{other.Name}': the parameter classification cannot be honoured: {other} has no numbers.", other.Name);
        }
    }

    /// <param name="output">Of numbers.</param>
    /// <param name="count">Most of each row.</param>
    /// <param name="hasRows">The first dimension is that of rows; else all is one.</param>
    /// <param name="labels">As many texts as there are elements; null if there are none.</param>
    public static Tensor Of(Tensor output, int count, bool hasRows, Tensor? labels)
    {
        var names = labels is null ? null : TextElements.Read(labels.Data);
        var (elements, rows) = ((int)TensorShape.CountOf(output.Shape)!, hasRows ? (int)output.Shape[0] : 1);
        var width = rows == 0 ? 0 : elements / rows;
        var kept = Math.Min(count, width);
        var texts = Enumerable.Range(0, rows).SelectMany(row => Best(output, row * width, width).Take(kept).Select(best =>
            names is null ? best.Text : $"{best.Text}:{System.Text.Encoding.UTF8.GetString(names[(row * width) + best.Place].Span)}"));
        return new Tensor(output.Name, TensorType.Bytes, hasRows ? [rows, kept] : [kept], TextElements.Write(texts));
    }

    private static IEnumerable<(int Place, string Text)> Best(Tensor output, int start, int count) => output.Type switch
    {
        TensorType.Int8 => Best<sbyte>(output, start, count),
        TensorType.Int16 => Best<short>(output, start, count),
        TensorType.Int32 => Best<int>(output, start, count),
        TensorType.Int64 => Best<long>(output, start, count),
        TensorType.UInt8 => Best<byte>(output, start, count),
        TensorType.UInt16 => Best<ushort>(output, start, count),
        TensorType.UInt32 => Best<uint>(output, start, count),
        TensorType.UInt64 => Best<ulong>(output, start, count),
        TensorType.Float16 => Best<Half>(output, start, count, "F6"),
        TensorType.Float32 => Best<float>(output, start, count, "F6"),
        _ => Best<double>(output, start, count, "F6"),
    };

    private static IEnumerable<(int Place, string Text)> Best<T>(Tensor output, int start, int count, string? format = null)
        where T : unmanaged, INumber<T>
    {
        var numbers = MemoryMarshal.Cast<byte, T>(output.Data.Span).Slice(start, count).ToArray();
        return Enumerable.Range(0, count)
            .OrderByDescending(place => numbers[place])
            .Select(place => (place, string.Create(CultureInfo.InvariantCulture, $"{numbers[place].ToString(format, CultureInfo.InvariantCulture)}:{place}")));
    }
}

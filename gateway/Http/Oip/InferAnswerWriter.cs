using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Http.Oip;

/// <summary>Writes an answer: JSON, and behind it the bytes of the outputs that are to be binary.</summary>
internal static class InferAnswerWriter
{
    public static async Task WriteAsync(HttpResponse response, InferRequest request, InferAnswer answer)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
        {
            Write(writer, request, answer);
        }

        var binary = answer.Outputs.Where(output => request.IsBinaryOf(output.Name)).Select(output => output.Data).ToArray();
        response.ContentType = binary.Length > 0 ? "application/octet-stream" : "application/json";
        response.ContentLength = json.WrittenCount + binary.Sum(data => (long)data.Length);
        if (binary.Length > 0)
        {
            response.Headers[InferBody.LengthHeader] = json.WrittenCount.ToString(CultureInfo.InvariantCulture);
        }

        var cancellationToken = response.HttpContext.RequestAborted;
        await response.Body.WriteAsync(json.WrittenMemory, cancellationToken);
        foreach (var data in binary)
        {
            await response.Body.WriteAsync(data, cancellationToken);
        }
    }

    private static void Write(Utf8JsonWriter writer, InferRequest request, InferAnswer answer)
    {
        writer.WriteStartObject();
        writer.WriteString("model_name", answer.Model);
        writer.WriteString("model_version", answer.Version);
        if (request.Id is { } id)
        {
            writer.WriteString("id", id);
        }

        writer.WriteStartArray("outputs");
        foreach (var output in answer.Outputs)
        {
            Write(writer, output, request.IsBinaryOf(output.Name));
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, Tensor output, bool isBinary)
    {
        writer.WriteStartObject();
        writer.WriteString("name", output.Name);
        writer.WriteString("datatype", TensorTypes.NameOf(output.Type));
        writer.WriteStartArray("shape");
        foreach (var size in output.Shape)
        {
            writer.WriteNumberValue(size);
        }

        writer.WriteEndArray();
        if (isBinary)
        {
            writer.WriteStartObject("parameters");
            writer.WriteNumber("binary_data_size", output.Data.Length);
            writer.WriteEndObject();
        }
        else
        {
            writer.WriteStartArray("data");
            WriteElements(writer, output);
            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteElements(Utf8JsonWriter writer, Tensor output)
    {
        if (output.Type == TensorType.Bytes)
        {
            foreach (var text in TextElements.Read(output.Data)!)
            {
                writer.WriteStringValue(Utf8.IsValid(text.Span) ? text.Span : throw Unwritable(output, "bytes that are not UTF-8"));
            }

            return;
        }

        var size = TensorTypes.SizeOf(output.Type);
        for (var data = output.Data.Span; data.Length > 0; data = data[size..])
        {
            WriteNumber(writer, output, data[..size]);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, Tensor output, ReadOnlySpan<byte> element)
    {
        switch (output.Type)
        {
            case TensorType.Bool:
                writer.WriteBooleanValue(element[0] != 0);
                break;
            case TensorType.Float16:
                writer.WriteNumberValue((float)Finite(output, (double)BitConverter.ToHalf(element)));
                break;
            case TensorType.Float32:
                writer.WriteNumberValue((float)Finite(output, BitConverter.ToSingle(element)));
                break;
            case TensorType.Float64:
                writer.WriteNumberValue(Finite(output, BitConverter.ToDouble(element)));
                break;
            case TensorType.UInt64:
                writer.WriteNumberValue(BitConverter.ToUInt64(element));
                break;
            default:
                writer.WriteNumberValue(Whole(output.Type, element));
                break;
        }
    }

    private static long Whole(TensorType type, ReadOnlySpan<byte> element) => type switch
    {
        TensorType.Int8 => (sbyte)element[0],
        TensorType.Int16 => BitConverter.ToInt16(element),
        TensorType.Int32 => BitConverter.ToInt32(element),
        TensorType.Int64 => BitConverter.ToInt64(element),
        TensorType.UInt8 => element[0],
        TensorType.UInt16 => BitConverter.ToUInt16(element),
        _ => BitConverter.ToUInt32(element),
    };

    private static double Finite(Tensor output, double number) => double.IsFinite(number) ? number : throw Unwritable(output, "numbers that are not finite");

    private static SensoriumException Unwritable(Tensor output, string what) => SensoriumException.Invalid(
        ErrorReasons.InvalidTensor, $"Output '{output.Name}' holds {what}, which JSON cannot; ask for it with the parameter binary_data.", "outputs");
}

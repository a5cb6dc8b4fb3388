using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Intake;
using Sensorium.Hosting.Settings;

namespace Sensorium.Gateway.Operations.Inference.Media;

/// <summary>Media as strings of bytes, and results as tensors.</summary>
internal sealed class MediaTensors(IOptions<HostingOptions> options)
{
    /// <summary>Name of the input for words.</summary>
    public const string Text = "text";

    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>All media of all inputs, in the order in which they are given.</summary>
    /// <param name="call">What was sent.</param>
    /// <param name="inputs">That the model takes.</param>
    /// <param name="told">What kind a medium is, is told from its bytes and not from the name of its input.</param>
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: an input is not one of those, or none is given.</exception>
    public IReadOnlyList<MediaInput> Read(InferCall call, IReadOnlyList<TensorPort> inputs, bool told = false)
    {
        MediaInput[] media = [.. call.Inputs.SelectMany(tensor => ElementsOf(tensor, inputs).Select((element, i) => ReadOne(tensor.Name, i, element, told)))];
        return media.Length > 0
            ? media
            : throw SensoriumException.Invalid(ErrorReasons.NoMedia, $"There is nothing in the inputs; the model takes {string.Join("; ", inputs)}.", "inputs");
    }

    /// <summary>The words of one input; null if it is not given.</summary>
    public static IReadOnlyList<string>? ReadTexts(InferCall call, string name, IReadOnlyList<TensorPort> inputs) =>
        call.Inputs.FirstOrDefault(tensor => tensor.Name == name) is { } found
            ? [.. ElementsOf(found, inputs).Select((element, i) => TextOf($"{name}[{i}]", element))]
            : null;

    public static Tensor OfTexts(string name, IReadOnlyList<string> texts, params long[] shape) =>
        new(name, TensorType.Bytes, shape, TextElements.Write(texts));

    public static Tensor OfFloats(string name, float[] numbers, params long[] shape) =>
        new(name, TensorType.Float32, shape, MemoryMarshal.AsBytes<float>(numbers).ToArray());

    /// <summary>That the input is one of the model's, and whole.</summary>
    private static IReadOnlyList<ReadOnlyMemory<byte>> ElementsOf(Tensor tensor, IReadOnlyList<TensorPort> inputs)
    {
        if (!inputs.Any(port => port.Name == tensor.Name))
        {
            throw Invalid(tensor, $"There is no input '{tensor.Name}'; inputs are {string.Join("; ", inputs)}.");
        }

        if (tensor.Type != TensorType.Bytes)
        {
            throw Invalid(tensor, $"Input '{tensor.Name}' is {TensorTypes.NameOf(tensor.Type)}; the model takes BYTES.");
        }

        TensorCheck.RequireWhole(tensor);
        return TextElements.Read(tensor.Data)!;
    }

    private MediaInput ReadOne(string name, int i, ReadOnlyMemory<byte> element, bool told)
    {
        var field = $"{name}[{i}]";
        if (name == Text)
        {
            return MediaInput.OfText(field, TextOf(field, element));
        }

        return element.Length <= options.Value.MaxInlineBytes
            ? MediaInput.Read(field, "", () => new MediaItem("", new InlineSource(element), told ? null : ModalityTable.OfName(name)?.Modality))
            : throw SensoriumException.Invalid(
                ErrorReasons.MediaTooLarge, $"{field} has {element.Length:N0} bytes; at most {options.Value.MaxInlineBytes:N0} travel in a request.", field);
    }

    private static string TextOf(string field, ReadOnlyMemory<byte> element)
    {
        try
        {
            return Strict.GetString(element.Span);
        }
        catch (DecoderFallbackException)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"{field} is not UTF-8.", field);
        }
    }

    private static SensoriumException Invalid(Tensor tensor, string message) => SensoriumException.Invalid(ErrorReasons.InvalidTensor, message, tensor.Name);
}

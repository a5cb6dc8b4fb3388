using Google.Protobuf;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

/// <summary>Short names for what the scripted gateway answers.</summary>
internal static class Events
{
    public static CaptionEvent Started(params Warning[] warnings) => new() { Started = new Started { Warnings = { warnings } } };

    public static CaptionEvent Delta(string text, int choice = 0) => new() { ChoiceIndex = choice, Delta = new Delta { Text = text } };

    public static CaptionEvent Finished(string text, int choice = 0) => new() { ChoiceIndex = choice, Finished = new Finished { Text = text } };

    public static Tensor Vector(params float[] values) => new()
    {
        Dtype = DataType.Float32,
        Shape = { values.Length },
        Data = ByteString.CopyFrom(values.SelectMany(BitConverter.GetBytes).ToArray()),
    };
}

namespace Sensorium.Onnx.Encoding;

/// <summary>Names of inputs that exports of the ecosystem share.</summary>
internal static class EncoderInputs
{
    public const string Ids = "input_ids";
    public const string Mask = "attention_mask";
    public const string Types = "token_type_ids";
    public const string Pixels = "pixel_values";
    public const string Samples = "input_values";
    public const string Mel = "input_features";
}

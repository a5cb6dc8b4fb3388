namespace Sensorium.Quantization.Graphs;

/// <summary>Of onnx.proto: TensorProto.DataType and AttributeProto.AttributeType, as far as they are used.</summary>
internal static class ElementType
{
    public const int Single = 1;
    public const int Unsigned8 = 2;
    public const int Signed8 = 3;
    public const int Signed32 = 6;
    public const int IntegerAttribute = 2;
}

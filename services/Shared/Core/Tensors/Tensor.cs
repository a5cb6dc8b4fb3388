namespace Sensorium.Core.Tensors;

/// <summary>A dense tensor with a name.</summary>
/// <param name="Data">Little endian and row major; as <see cref="TextElements"/> has it for bytes. Must not change afterwards.</param>
public sealed record Tensor(string Name, TensorType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>As "INPUT0 INT32 [1, 16]".</summary>
    public override string ToString() => $"{Name} {TensorTypes.NameOf(Type)} {TensorShape.Text(Shape)}";
}

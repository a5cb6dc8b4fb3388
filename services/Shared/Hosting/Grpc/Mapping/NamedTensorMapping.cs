using Google.Protobuf;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Tensors of bare graphs. Types of elements have the same numbers on the wire.</summary>
public static class NamedTensorMapping
{
    /// <summary>Wraps the memory: no copy is made.</summary>
    public static V1.NamedTensor ToProto(this Tensor tensor) => new()
    {
        Name = tensor.Name,
        Type = (V1.TensorType)tensor.Type,
        Shape = { tensor.Shape },
        Data = UnsafeByteOperations.UnsafeWrap(tensor.Data),
    };

    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a type that the contract does not have.</exception>
    public static Tensor ToDomain(this V1.NamedTensor tensor) => Enum.IsDefined((TensorType)tensor.Type)
        ? new Tensor(tensor.Name, (TensorType)tensor.Type, [.. tensor.Shape], tensor.Data.Memory)
        : throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"Tensor '{tensor.Name}' is of type {(int)tensor.Type}, which is none of the types.", tensor.Name);

    public static V1.TensorPort ToProto(this TensorPort port) => new()
    {
        Name = port.Name,
        Type = (V1.TensorType)port.Type,
        Shape = { port.Shape },
        Sizes = { port.Sizes },
    };

    public static TensorPort ToDomain(this V1.TensorPort port) => new(port.Name, (TensorType)port.Type, [.. port.Shape], [.. port.Sizes]);
}

using System.Diagnostics.CodeAnalysis;

namespace Sensorium.Core.Tensors;

/// <summary>What the elements of a tensor are; the values are those of the contract.</summary>
[SuppressMessage("Naming", "CA1720:Identifier contains type name", Justification = "They are types.")]
public enum TensorType
{
    Bool = 1,
    Int8,
    Int16,
    Int32,
    Int64,
    UInt8,
    UInt16,
    UInt32,
    UInt64,
    Float16,
    Float32,
    Float64,

    /// <summary>Strings of bytes, each after its length in four bytes.</summary>
    Bytes,
}

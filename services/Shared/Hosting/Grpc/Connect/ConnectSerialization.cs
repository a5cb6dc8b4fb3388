using System.Buffers;
using Grpc.Core;

namespace Sensorium.Hosting.Grpc.Connect;

/// <summary>Takes what a marshaller writes.</summary>
internal sealed class ConnectSerialization : SerializationContext
{
    private readonly ArrayBufferWriter<byte> _buffer = new();

    public byte[] Payload { get; private set; } = [];

    public override void Complete(byte[] payload) => Payload = payload;

    public override IBufferWriter<byte> GetBufferWriter() => _buffer;

    public override void SetPayloadLength(int payloadLength)
    {
    }

    public override void Complete() => Payload = _buffer.WrittenSpan.ToArray();
}

/// <summary>Gives a marshaller what it reads.</summary>
internal sealed class ConnectDeserialization(byte[] payload) : DeserializationContext
{
    public override int PayloadLength => payload.Length;

    public override byte[] PayloadAsNewBuffer() => [.. payload];

    public override ReadOnlySequence<byte> PayloadAsReadOnlySequence() => new(payload);
}

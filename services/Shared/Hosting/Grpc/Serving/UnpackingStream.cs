using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Bodies;

namespace Sensorium.Hosting.Grpc.Serving;

/// <summary>One message while it is unpacked.</summary>
internal sealed class UnpackingStream(Stream inner, CallBytes bytes) : Stream
{
    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        int read;
        try
        {
            read = inner.Read(buffer);
        }
        catch (InvalidDataException exception)
        {
            throw bytes.Refuse(SensoriumException.Invalid(
                ErrorReasons.MalformedRequest, $"The request cannot be read: {exception.Message}", inner: exception));
        }

        bytes.Take(read);
        return read;
    }

    public override void Flush() => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}

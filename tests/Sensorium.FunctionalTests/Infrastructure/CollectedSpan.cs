using System.Text;
using Google.Protobuf;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>A span as a collector gets it.</summary>
/// <param name="Service">Whose it is.</param>
/// <param name="ParentId">Empty if it has none.</param>
internal sealed record CollectedSpan(string Service, string TraceId, string Id, string ParentId, string Name)
{
    /// <summary>Reads opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest.</summary>
    public static IEnumerable<CollectedSpan> Read(byte[] request)
    {
        foreach (var ofResource in Fields(request, 1))
        {
            var service = Fields(Fields(ofResource, 1).Single(), 1).Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).Single(), 1)).Single();
            foreach (var span in Fields(ofResource, 2).SelectMany(scope => Fields(scope, 2)))
            {
                yield return new CollectedSpan(service, Hex(span, 1), Hex(span, 2), Hex(span, 4), Text(span, 5));
            }
        }
    }

    private static string Text(byte[] message, int field) => Encoding.UTF8.GetString(Fields(message, field).FirstOrDefault() ?? []);

    private static string Hex(byte[] message, int field) => Convert.ToHexStringLower(Fields(message, field).FirstOrDefault() ?? []);

    /// <summary>The strings, bytes and messages of one field.</summary>
    private static List<byte[]> Fields(byte[] message, int field)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (tag == WireFormat.MakeTag(field, WireFormat.WireType.LengthDelimited))
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}

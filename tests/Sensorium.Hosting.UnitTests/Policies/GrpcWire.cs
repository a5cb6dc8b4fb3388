using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>Calls as bytes, as no well-behaved client makes them.</summary>
internal static class GrpcWire
{
    public const string Encode = "/sensorium.v1.EncoderService/Encode";
    public const string EncodeStream = "/sensorium.v1.EncoderService/EncodeStream";

    public static async Task<HttpResponseMessage> PostAsync(string address, HttpContent body, string? encoding = null, string method = Encode)
    {
        using var client = new HttpClient();
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(address + method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (encoding is not null)
        {
            request.Headers.Add("grpc-encoding", encoding);
        }

        return await client.SendAsync(request);
    }

    public static byte[] Frame(byte[] message, bool compressed = false, uint? length = null)
    {
        var size = length ?? (uint)message.Length;
        return [compressed ? (byte)1 : (byte)0, (byte)(size >> 24), (byte)(size >> 16), (byte)(size >> 8), (byte)size, .. message];
    }

    public static byte[] Gzip(byte[] message)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(message);
        }

        return packed.ToArray();
    }

    public static Google.Rpc.Status StatusOf(HttpResponseMessage response)
    {
        const string details = "grpc-status-details-bin";
        var values = response.TrailingHeaders.TryGetValues(details, out var trailing) ? trailing : response.Headers.GetValues(details);
        var value = values.Single();
        return Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(value.PadRight((value.Length + 3) / 4 * 4, '=')));
    }
}

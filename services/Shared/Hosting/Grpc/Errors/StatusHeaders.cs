using System.Text;

namespace Sensorium.Hosting.Grpc.Errors;

/// <summary>The headers, or trailers, in which gRPC tells how a call ended.</summary>
internal static class StatusHeaders
{
    public const string Status = "grpc-status";
    public const string Message = "grpc-message";
    public const string Details = "grpc-status-details-bin";

    public static string PercentEncode(string text)
    {
        var encoded = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            _ = value is >= 0x20 and <= 0x7E and not (byte)'%' ? encoded.Append((char)value) : encoded.Append($"%{value:X2}");
        }

        return encoded.ToString();
    }
}

using Grpc.Core;
using NetVips;

namespace Sensorium.FunctionalTests.Images;

/// <summary>Pictures as tests ask for them and look at them.</summary>
internal static class ImageCalls
{
    public static async Task<List<V1.ImageEvent>> DrawAsync(this V1.SensoriumService.SensoriumServiceClient client, V1.GenerateImageRequest request)
    {
        using var call = client.GenerateImage(request);
        var events = new List<V1.ImageEvent>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response.Event);
        }

        return events;
    }

    /// <summary>The pixels of each picture, in their order.</summary>
    public static IReadOnlyList<byte[]> Pictures(this IEnumerable<V1.ImageEvent> events) =>
        [.. events.Select(made => made.Finished).Where(made => made is not null).OrderBy(made => made.Index).Select(made => Pixels(made.Png.ToByteArray()))];

    public static byte[] Pixels(byte[] png)
    {
        using var picture = Image.NewFromBuffer(png);
        return picture.WriteToMemory<byte>();
    }

    /// <summary>The largest difference of one colour.</summary>
    public static int Difference(IReadOnlyList<byte> one, IReadOnlyList<byte> other) =>
        one.Count == other.Count ? one.Zip(other).Max(pair => Math.Abs(pair.First - pair.Second)) : int.MaxValue;
}

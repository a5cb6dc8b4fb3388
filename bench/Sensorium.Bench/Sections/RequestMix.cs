using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Pictures;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>Requests of all kinds in fixed shares: known and new pictures, large ones, text, sound, video, captions, and broken input.</summary>
internal sealed class RequestMix(Contestants contestants, SensoriumServer server)
{
    private readonly byte[] _video = VideoMaker.MakeOrRead(contestants.Options.PictureFolder);
    private readonly byte[] _truncated = contestants.Small.Pictures[0][..2000];

    /// <summary>Sends one request; broken input that is refused as such counts as answered.</summary>
    public async Task<CallOutcome> SendAsync(int client, int number)
    {
        var small = contestants.Small;
        var known = small.Pictures[number % small.Pictures.Count];
        return (number % 100) switch
        {
            0 => await server.EmbedAsync(client, CachePolicy.Unspecified, contestants.Large.Distinct()),
            1 => await server.EmbedAsync(client, Modality.Audio, SoundMaker.Make(seconds: 3, number)),
            2 => await server.EmbedAsync(client, Modality.Video, VideoMaker.Distinct(_video, number)),
            < 20 => await server.EmbedAsync(client, CachePolicy.Unspecified, small.Distinct()),
            < 40 => await server.EmbedTextAsync(client, $"a picture of number {number}"),
            < 50 => await server.CaptionAsync(client, [known]),
            < 54 => await server.CaptionAsync(client, [small.Distinct()]),
            < 57 => Expect(await server.EmbedAsync(client, CachePolicy.Unspecified, _truncated), "InvalidArgument"),
            < 60 => await server.EmbedAsync(client, CachePolicy.Unspecified, small.Distinct(), known, small.Distinct()),
            _ => await server.EmbedAsync(client, CachePolicy.Unspecified, known),
        };
    }

    private static CallOutcome Expect(CallOutcome outcome, string error) =>
        outcome.Error == error ? new CallOutcome(1) : outcome with { Error = outcome.Error ?? "BrokenInputAccepted" };
}

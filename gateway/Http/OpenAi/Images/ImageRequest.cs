using System.Globalization;
using System.Text.Json;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Http.Faces;

namespace Sensorium.Gateway.Http.OpenAi.Images;

/// <param name="Job">Everything but the picture that is changed.</param>
/// <param name="IsStreamed">Each picture is sent when it is made.</param>
internal sealed record ImageRequest(ImageJob Job, bool IsStreamed)
{
    private const int MostPartial = 3;
    private const int LargestSide = 1 << 16;
    private const float LargestGuidance = 50;

    /// <exception cref="SensoriumException">A member is missing or cannot be honoured. Unknown members are ignored.</exception>
    public static ImageRequest Read(JsonElement body, FaceEndpoint endpoint, string requestId, DateTimeOffset? deadline)
    {
        endpoint.Check(body);
        _ = body.FindString("user");
        var isStreamed = body.FindFlag("stream");
        var partial = body.FindWhole("partial_images", least: 0, most: MostPartial) ?? 0;
        if (partial > 0 && !isStreamed)
        {
            throw BodyErrors.Wrong("partial_images", "needs stream");
        }

        var (width, height) = SizeOf(body.FindString("size"));
        var job = new ImageJob(requestId, body.RequireName("prompt"))
        {
            NegativePrompt = body.FindString("negative_prompt") ?? "",
            Width = width,
            Height = height,
            Steps = body.FindWhole("steps", least: 1),
            Guidance = body.FindNumber("guidance", 0, LargestGuidance),
            Seed = SeedOf(body),
            Count = body.FindWhole("n", least: 1) ?? 1,
            Sampler = SamplerOf(body.FindString("sampler")),
            Strength = body.FindNumber("strength", 0, 1),
            Previews = partial,
            Model = body.FindString("model") is { Length: > 0 } model ? ModelSelector.Parse(model) : null,
            Deadline = deadline,
        };
        return new ImageRequest(job, isStreamed);
    }

    private static ulong? SeedOf(JsonElement body) => body.Find("seed") switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } given when given.TryGetUInt64(out var seed) => seed,
        _ => throw BodyErrors.Wrong("seed", "must be a whole number of at least 0"),
    };

    private static (int? Width, int? Height) SizeOf(string? size)
    {
        if (size is null or "auto" or "")
        {
            return (null, null);
        }

        return size.Split('x') is [var width, var height] && Side(width) is { } wide && Side(height) is { } high
            ? (wide, high)
            : throw BodyErrors.Wrong("size", "must be auto, or a width and a height as 512x512");
    }

    private static int? Side(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var side) && side <= LargestSide ? side : null;

    private static SamplerKind? SamplerOf(string? name) => name is null
        ? null
        : SchedulerWords.Samplers.TryGetValue(name, out var kind)
            ? kind
            : throw BodyErrors.Wrong("sampler", $"is none of {string.Join(", ", SchedulerWords.Samplers.Keys)}");
}

using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Live;
using Xunit;
using static Sensorium.Gateway.UnitTests.Live.LiveStage;

namespace Sensorium.Gateway.UnitTests.Live;

public sealed class LiveRulesTests
{
    private static readonly SoundFormat Format = new(SampleEncoding.Signed16, 16_000, 2);

    public static TheoryData<string> PlanFaults { get; } = [.. Wrong.Keys];

    public static TheoryData<string> InputFaults { get; } = [.. WrongInputs.Keys];

    private static Dictionary<string, LivePlan> Wrong => new(StringComparer.Ordinal)
    {
        ["watch[0].name"] = Plan with { Watch = [Dog with { Name = " " }] },
        ["watch[1].name"] = Plan with { Watch = [Dog, Dog] },
        ["watch[0].phrases[1]"] = Plan with { Watch = [Dog with { Phrases = ["a dog", ""] }] },
        ["watch[0].min_similarity"] = Plan with { Watch = [Dog with { MinSimilarity = 1.5f }] },
        ["watch[0].min_rise"] = Plan with { Watch = [Dog with { MinRise = 0 }] },
        ["watch[0].modality"] = Plan with { Watch = [Dog with { Modality = Modality.Video }] },
        ["watch"] = Plan with { Watch = [.. Enumerable.Range(0, 257).Select(i => Dog with { Name = $"{i}" })] },
        ["sound"] = Plan with { SoundEvents = new SoundEventPlan([new Label("a", [])], null) },
        ["sound.sample_rate"] = Plan with { Sound = Format with { SampleRate = 0 } },
        ["sound.channels"] = Plan with { Sound = Format with { Channels = 9 } },
        ["sound_events.labels[0].name"] = Plan with { Sound = Format, SoundEvents = new SoundEventPlan([new Label("", [])], null) },
        ["sound_events.none_threshold"] = Plan with { Sound = Format, SoundEvents = new SoundEventPlan([], 2) },
        ["scene_distance"] = Plan with { SceneDistance = float.NaN },
        ["captions.interval"] = Plan with { Captions = new CaptionPlan(new CaptionJob("", [], null, new GenerationParameters()), TimeSpan.Zero) },
        ["transcript.window"] = Plan with { Sound = Format, Transcript = new TranscriptPlan(item => new TranscriptionJob("", item), TimeSpan.FromMinutes(1)) },
    };

    private static Dictionary<string, LiveInput[]> WrongInputs => new(StringComparer.Ordinal)
    {
        ["frame.time"] = [Dark(1), Dark(1)],
        ["frame.data"] = [new LiveFrame(TimeSpan.Zero, default)],
        ["frame.raw"] = [new LiveFrame(TimeSpan.Zero, new byte[3], new RawSize(0, 1))],
        ["frame.raw.rgb"] = [new LiveFrame(TimeSpan.Zero, new byte[5], new RawSize(1, 2))],
        ["sound.time"] = [Sound(2, 1, 0), Sound(1, 1, 0)],
        ["sound.data"] = [new LiveSound(TimeSpan.Zero, default)],
        ["sound.samples"] = [new LiveSound(TimeSpan.Zero, new byte[6])],
    };

    [Theory]
    [MemberData(nameof(PlanFaults))]
    public void A_wrong_plan_is_refused_by_its_field(string field)
    {
        var error = Assert.Throws<SensoriumException>(() => LiveRules.Check(Wrong[field], new LiveOptions()));

        Assert.Equal((ErrorCode.InvalidArgument, field), (error.Code, error.Field));
    }

    [Theory]
    [MemberData(nameof(InputFaults))]
    public void A_wrong_message_is_refused_by_its_field(string field)
    {
        var rules = new InputRules(Format, 1 << 20);
        foreach (var input in WrongInputs[field][..^1])
        {
            rules.Check(input);
        }

        var error = Assert.Throws<SensoriumException>(() => rules.Check(WrongInputs[field][^1]));

        Assert.Equal((ErrorCode.InvalidArgument, field), (error.Code, error.Field));
    }

    [Fact]
    public void Sound_needs_its_rate()
    {
        var error = Assert.Throws<SensoriumException>(() => new InputRules(null, 1 << 20).Check(Sound(0, 1, 0)));

        Assert.Equal(("sound", true), (error.Field, error.Message.Contains("sample_rate", StringComparison.Ordinal)));
    }
}

using FsCheck;
using FsCheck.Fluent;
using Sensorium.Caching.Keys;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Xunit;

namespace Sensorium.Caching.UnitTests.Keys;

public sealed class KeyScopeTests
{
    private static readonly MediaItem Clip = new(
        "a", new InlineSource(Sample.Bytes("content")), Modality.Video, "video/mp4", MediaTrack.Frames,
        new TimeRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(4)));

    private static readonly EncoderDescription Video = Sample.Describe(Modality.Video);

    /// <summary>Every input of the key, changed alone.</summary>
    public static TheoryData<string, EncoderDescription, MediaItem, int, bool> Changes => new()
    {
        { "content", Video, Clip with { Source = new InlineSource(Sample.Bytes("Content")) }, 8, true },
        { "kind of source", Video, Clip with { Source = new TextSource("content") }, 8, true },
        { "track", Video, Clip with { Track = MediaTrack.Audio }, 8, true },
        { "no range", Video, Clip with { Range = null }, 8, true },
        { "start", Video, Clip with { Range = new TimeRange(TimeSpan.FromTicks(1), TimeSpan.FromSeconds(4)) }, 8, true },
        { "end", Video, Clip with { Range = new TimeRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)) }, 8, true },
        { "open end", Video, Clip with { Range = new TimeRange(TimeSpan.FromSeconds(1), null) }, 8, true },
        { "segments", Video, Clip, 7, true },
        { "output kind", Video, Clip, 8, false },
        { "modality", Video with { Modality = Modality.Audio }, Clip, 8, true },
        { "revision", Video with { Model = Video.Model with { Revision = "x" } }, Clip, 8, true },
        { "variant", Video with { Model = Video.Model with { Variant = "x" } }, Clip, 8, true },
        { "space", Video with { Model = Video.Model with { SpaceId = "x" } }, Clip, 8, true },
        { "preprocessing", Video with { Model = Video.Model with { PreprocessingDigest = "x" } }, Clip, 8, true },
        { "tokens", Video with { Limits = Video.Limits with { MaxTokens = 78 } }, Clip, 8, true },
        { "duration", Video with { Limits = Video.Limits with { MaxDuration = TimeSpan.FromTicks(1) } }, Clip, 8, true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Changing_one_input_changes_the_key(string input, EncoderDescription description, MediaItem item, int segments, bool features)
    {
        Assert.NotEmpty(input);
        Assert.NotEqual(KeyOf(Video, Clip, 8, true), KeyOf(description, item, segments, features));
    }

    [Fact]
    public void What_does_not_change_the_output_does_not_change_the_key()
    {
        var key = KeyOf(Video, Clip, 8, true);
        var elsewhere = Video with { Model = Video.Model with { Device = "cuda:0", License = "x" } };

        Assert.Equal(key, KeyOf(elsewhere, Clip with { ItemId = "b", MediaType = "video/webm" }, 8, true));
        Assert.Equal(KeyOf(Video, Clip, 0, true), KeyOf(Video, Clip, 16, true));
        Assert.Equal(KeyOf(Video, Clip, 0, true), KeyOf(Video, Clip, 99, true));
    }

    [Fact]
    public void Pictures_have_neither_range_nor_segments()
    {
        var picture = Clip with { Track = MediaTrack.Default };

        Assert.Equal(
            KeyOf(Sample.Description, picture, 3, false),
            KeyOf(Sample.Description, picture with { Range = null }, 0, false));
    }

    [Fact]
    public void The_subtitles_of_a_video_have_a_range()
    {
        var subtitles = Clip with { Track = MediaTrack.Subtitles };

        Assert.NotEqual(
            KeyOf(Sample.Describe(Modality.Text), subtitles, 8, false),
            KeyOf(Sample.Describe(Modality.Text), subtitles with { Range = null }, 8, false));
    }

    [Fact]
    public void A_reference_and_the_bytes_that_it_names_share_a_key()
    {
        var reference = new ReferenceSource("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73", "pod-1:8080", 7);

        Assert.Equal(KeyOf(Video, Clip, 8, true), KeyOf(Video, Clip with { Source = reference }, 8, true));
    }

    [Fact]
    public void Inputs_that_differ_anywhere_have_different_keys() => Prop.ForAll(Inputs().Two().ToArbitrary(), pair =>
    {
        var ((one, oneItem, oneSegments, oneKind), (other, otherItem, otherSegments, otherKind)) = pair;
        var equal = one == other && oneItem == otherItem && oneSegments == otherSegments && oneKind == otherKind;
        return equal == (KeyOf(one, oneItem, oneSegments, oneKind) == KeyOf(other, otherItem, otherSegments, otherKind));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_format_of_keys_is_this() => Assert.Equal(
        "sensorium:e1:video:a42d2345cb07df5a668bc16ba013c2693402377c8e196c3ff9dcc566511fd3f6",
        KeyOf(Video, Clip, 8, true).ToString());

    [Theory]
    [InlineData("ED7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")]
    [InlineData("ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f7")]
    [InlineData("zz7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73")]
    [InlineData("")]
    public void A_malformed_reference_has_no_key(string sha256) =>
        Assert.False(ContentHash.TryCompute(new ReferenceSource(sha256, null, 0), new byte[ContentHash.Bytes]));

    [Fact]
    public void A_uri_has_no_key() =>
        Assert.False(ContentHash.TryCompute(new UriSource("https://example.org/a.png"), new byte[ContentHash.Bytes]));

    [Fact]
    public void Long_text_is_hashed_as_its_utf8_bytes()
    {
        var text = string.Concat(Enumerable.Repeat("größer ", 400));
        var hash = new byte[ContentHash.Bytes];

        Assert.True(ContentHash.TryCompute(new TextSource(text), hash));
        Assert.Equal(System.Security.Cryptography.SHA256.HashData(Sample.Bytes(text)), hash[1..]);
    }

    [Fact]
    public void Large_content_is_hashed_as_its_bytes_however_often()
    {
        var bytes = new byte[300_000];
        new Random(1).NextBytes(bytes);
        var source = new InlineSource(bytes);
        var hash = new byte[ContentHash.Bytes];
        for (var i = 0; i < 2; i++)
        {
            Array.Clear(hash);
            Assert.True(ContentHash.TryCompute(source, hash));
            Assert.Equal(System.Security.Cryptography.SHA256.HashData(bytes), hash[1..]);
        }
    }

    // Few values each, and strings that run into one another where they are not kept apart.
    private static Gen<(EncoderDescription Description, MediaItem Item, int Segments, bool Features)> Inputs() =>
        from revision in Gen.Elements("", "a", "ab")
        from variant in Gen.Elements("", "b", "bc")
        from space in Gen.Elements("", "c")
        from content in Gen.Elements("x", "y")
        from track in Gen.Elements(MediaTrack.Default, MediaTrack.Audio)
        from start in Gen.Choose(0, 1)
        from end in Gen.Elements<int?>(null, 1, 2)
        from segments in Gen.Choose(1, 2)
        from features in Gen.Elements(true, false)
        let model = Video.Model with { Revision = revision, Variant = variant, SpaceId = space }
        let range = new TimeRange(TimeSpan.FromTicks(start), end is { } ticks ? TimeSpan.FromTicks(ticks) : null)
        select (Video with { Model = model }, new MediaItem("a", new TextSource(content), Modality.Video, null, track, range), segments, features);

    private static CacheKey KeyOf(EncoderDescription description, MediaItem item, int segments, bool features)
    {
        var content = new byte[ContentHash.Bytes];
        Assert.True(ContentHash.TryCompute(item.Source, content));
        return new KeyScope(description).KeyOf(content, item, segments, features ? OutputKind.Features : OutputKind.Embedding);
    }
}

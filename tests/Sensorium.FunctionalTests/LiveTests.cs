using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class LiveInOneProcess(OneProcess deployment) : LiveTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class LiveInSixProcesses(SixProcesses deployment) : LiveTests(deployment);

/// <summary>Streams of frames and sound, over real sockets.</summary>
public abstract class LiveTests(Deployment deployment) : DeploymentTests(deployment)
{
    private static readonly V1.LiveHeader Everything = new()
    {
        RequestId = "l-1",
        Sound = new V1.LiveSoundFormat { Encoding = V1.LiveSoundEncoding.PcmS16, SampleRate = 16_000 },
        Captions = new V1.LiveCaptions { Parameters = new V1.GenerationParameters { MaxNewTokens = 4 } },
        SoundEvents = new V1.LiveSoundEvents { Labels = { new V1.LiveLabel { Name = "rain" }, new V1.LiveLabel { Name = "a dog barks" } }, NoneThreshold = -1 },
        Decisions = new V1.LiveDecisions { Questions = { new V1.Question { Name = "dog", Instructions = "a dog", Predicate = new V1.PredicateQuestion() } } },
        Watch = { new V1.WatchedWords { Name = "anything", Phrases = { "a dog" }, MinSimilarity = -1, Modality = V1.Modality.Image } },
    };

    [Fact]
    public async Task Frames_and_sound_are_told_of_with_their_times()
    {
        var told = await LiveAsync(Everything, Picture(1, Pictures.Jpeg(40)), Sound(1, 0.6), Picture(1.5, "no picture"u8.ToArray()));

        Assert.Equal("l-1", told[0].Started.RequestId);
        Assert.Equal(2, told[0].Started.Models.Count);
        Assert.Equal(1, told.Single(said => said.Alert is not null).Range.Start.ToTimeSpan().TotalSeconds);
        Assert.NotEmpty(told.First(said => said.Caption is not null).Caption.Text);
        Assert.Equal("dog", Assert.Single(told.First(said => said.Decision is not null).Decision.Answers).Question);
        var heard = told.Single(said => said.Heard is not null);
        Assert.Equal((1.6, true), (heard.Range.End.ToTimeSpan().TotalSeconds, heard.Heard.Label.Length > 0));
        Assert.All(told, said => Assert.True(said.Lateness.ToTimeSpan() >= TimeSpan.Zero));
        Assert.Equal(("frames", ErrorReasons.UndecodableMedia), told.Where(said => said.Problem is not null).Select(said => (said.Problem.Part, said.Problem.Error.Reason)).Single());
        Assert.Equal((2, 1), (told[^1].Finished.Frames.Offered, told[^1].Finished.Frames.Failed));
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task Raw_pixels_are_seen_as_their_file_is()
    {
        var header = new V1.LiveHeader { Watch = { new V1.WatchedWords { Name = "a dog", MinSimilarity = -1 } } };
        var raw = new V1.RawPicture { Width = 8, Height = 4, Rgb = ByteString.CopyFrom(new byte[96]) };

        var told = await LiveAsync(header, new V1.LiveRequest { Frame = new V1.LiveFrame { Raw = raw } });

        Assert.Equal(1, told[^1].Finished.Frames.Done);
        Assert.Single(told, said => said.Alert is not null);
    }

    [Fact]
    public async Task Messages_that_are_not_what_was_announced_end_the_stream()
    {
        V1.LiveRequest[][] wrong =
        [
            [Picture(2, Pictures.Jpeg(1)), Picture(1, Pictures.Jpeg(2))],
            [Sound(0, 0.1)],
            [new V1.LiveRequest { Frame = new V1.LiveFrame() }],
            [new V1.LiveRequest { Header = new V1.LiveHeader() }],
            [new V1.LiveRequest { Frame = new V1.LiveFrame { Time = new Duration { Nanos = -5, Seconds = 5 }, Data = ByteString.CopyFromUtf8("x") } }],
        ];
        foreach (var messages in wrong)
        {
            await ExpectFailureAsync(() => LiveAsync(new V1.LiveHeader(), messages), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter);
        }
    }

    [Fact]
    public async Task A_header_that_cannot_be_is_refused()
    {
        var unknown = new V1.LiveHeader { Sound = new V1.LiveSoundFormat { Encoding = (V1.LiveSoundEncoding)7, SampleRate = 16_000 } };
        await ExpectFailureAsync(() => LiveAsync(unknown), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "sound.encoding");
        await ExpectFailureAsync(() => LiveAsync(new V1.LiveHeader { Model = new V1.ModelSelector { Id = "nobody" } }), StatusCode.FailedPrecondition, ErrorReasons.ModelMismatch, "nobody");
        await ExpectFailureAsync(() => LiveAsync(null), StatusCode.InvalidArgument, ErrorReasons.InvalidParameter, "header");
    }

    private static V1.LiveRequest Picture(double seconds, byte[] file) =>
        new() { Frame = new V1.LiveFrame { Time = TimeSpan.FromSeconds(seconds).ToDuration(), Data = UnsafeByteOperations.UnsafeWrap(file) } };

    private static V1.LiveRequest Sound(double seconds, double duration) => new()
    {
        Sound = new V1.LiveSound { Time = TimeSpan.FromSeconds(seconds).ToDuration(), Samples = ByteString.CopyFrom(new byte[(int)(duration * 16_000) * 2]) },
    };

    // Each is sent when the one before has been told of, so that none is skipped.
    private async Task<List<V1.LiveEvent>> LiveAsync(V1.LiveHeader? header, params V1.LiveRequest[] messages)
    {
        using var call = Client.Live();
        var told = new List<V1.LiveEvent>();
        V1.LiveRequest[] all = header is null ? messages : [new V1.LiveRequest { Header = header }, .. messages];
        foreach (var message in all)
        {
            if (!await TrySendAsync(call.RequestStream, message))
            {
                break;
            }

            while (message.Frame is not null && header?.Watch.Count > 0 && !told.Exists(said => said.Alert is not null) && await call.ResponseStream.MoveNext())
            {
                told.Add(call.ResponseStream.Current.Event);
            }
        }

        await TrySendAsync(call.RequestStream, null);
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            told.Add(response.Event);
        }

        return told;
    }

    // What ended the stream is told to whoever reads it.
    private static async Task<bool> TrySendAsync(IClientStreamWriter<V1.LiveRequest> stream, V1.LiveRequest? message)
    {
        try
        {
            await (message is null ? stream.CompleteAsync() : stream.WriteAsync(message));
            return true;
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            return false;
        }
    }
}

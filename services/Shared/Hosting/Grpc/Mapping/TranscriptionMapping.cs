using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Requests for transcripts, and their events.</summary>
public static class TranscriptionMapping
{
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: a value that the contract does not have.</exception>
    public static TranscriptionJob ToJob(this V1.RecognizeRequest request, string requestId, MediaItem media) => new(
        requestId,
        media,
        string.IsNullOrEmpty(request.Parameters?.Language) ? null : request.Parameters.Language,
        ToDomain(request.Parameters?.Task ?? default),
        request.Parameters?.WithoutTimestamps != true,
        request.Parameters?.Words == true,
        request.Model.ToDomain(),
        request.CachePolicy.ToDomain("cache_policy"),
        request.Priority.ToDomain("priority"))
    {
        Prompt = request.Parameters?.Prompt ?? "",
        CarriesText = request.Parameters?.CarryText == true,
        Fallback = request.Parameters is { } parameters ? ToDomain(parameters) : TemperatureFallback.Greedy,
    };

    /// <summary>What the gateway is asked for is what it asks of the generation service, but for the medium.</summary>
    public static V1.RecognizeRequest ToRecognize(this V1.TranscribeRequest request) => new()
    {
        Model = request.Model,
        Parameters = request.Parameters,
        CachePolicy = request.CachePolicy,
        Priority = request.Priority,
    };

    public static V1.RecognizeRequest ToProto(this TranscriptionJob job) => new()
    {
        RequestId = job.RequestId,
        Media = job.Media.ToProto(),
        Parameters = ParametersOf(job),
        Model = job.Model.ToProto(),
        CachePolicy = job.Cache.ToProto(),
        Priority = job.Priority.ToProto(),
    };

    public static V1.TranscriptEvent ToProto(this TranscriptEvent said) => said switch
    {
        TranscriptSegment segment => new V1.TranscriptEvent
        {
            Segment = new V1.TranscriptSegment
            {
                Range = segment.Range.ToProto(),
                Text = segment.Text,
                TokenIds = { segment.TokenIds },
                MeanLogprob = segment.MeanLogProb,
                Window = segment.Window.ToDuration(),
                Temperature = segment.Temperature,
                Words = { segment.Words.Select(word => new V1.TranscriptWord { Range = word.Range.ToProto(), Text = word.Text }) },
            }.With(segment.NoSpeechProb),
        },
        TranscriptFinished finished => new V1.TranscriptEvent
        {
            Finished = new V1.TranscriptFinished
            {
                Language = finished.Language,
                Duration = finished.Duration.ToDuration(),
                Model = finished.Model.ToProto(),
            },
        },
        _ => throw new ArgumentOutOfRangeException(nameof(said), said, null),
    };

    public static TranscriptEvent ToDomain(this V1.TranscriptEvent message) => message.EventCase switch
    {
        V1.TranscriptEvent.EventOneofCase.Segment => ToDomain(message.Segment),
        V1.TranscriptEvent.EventOneofCase.Finished => new TranscriptFinished(
            message.Finished.Language, message.Finished.Duration.ToTimeSpan(), message.Finished.Model.ToDomain()),
        _ => throw new SensoriumException(ErrorCode.Internal, ErrorReasons.InternalFault, "The generation service sent an event of unknown kind."),
    };

    private static V1.TranscriptionParameters ParametersOf(TranscriptionJob job)
    {
        var parameters = new V1.TranscriptionParameters
        {
            Language = job.Language ?? "",
            Task = job.Task == TranscriptionTask.Translate ? V1.TranscriptionTask.Translate : V1.TranscriptionTask.Transcribe,
            WithoutTimestamps = !job.Timestamps,
            Words = job.Words,
            Prompt = job.Prompt,
            CarryText = job.CarriesText,
            Temperatures = { job.Fallback.Temperatures },
            MaxCompressionRatio = job.Fallback.MaxCompressionRatio,
            MinMeanLogprob = job.Fallback.MinMeanLogProb,
            BestOf = (uint)job.Fallback.BestOf,
        };
        if (job.Fallback.MaxNoSpeechProb is { } most)
        {
            parameters.MaxNoSpeechProb = most;
        }

        return parameters;
    }

    private static V1.TranscriptSegment With(this V1.TranscriptSegment segment, float? noSpeechProb)
    {
        if (noSpeechProb is { } probability)
        {
            segment.NoSpeechProb = probability;
        }

        return segment;
    }

    private static TranscriptSegment ToDomain(V1.TranscriptSegment segment) => new(
        segment.Range.ToDomain(), segment.Text, [.. segment.TokenIds], segment.MeanLogprob)
    {
        Window = segment.Window?.ToTimeSpan() ?? TimeSpan.Zero,
        Temperature = segment.Temperature,
        NoSpeechProb = segment.HasNoSpeechProb ? segment.NoSpeechProb : null,
        Words = [.. segment.Words.Select(word => new TranscriptWord(word.Range.ToDomain(), word.Text))],
    };

    private static TemperatureFallback ToDomain(V1.TranscriptionParameters parameters)
    {
        var usual = TemperatureFallback.Greedy;
        return new TemperatureFallback(
            parameters.Temperatures.Count == 0 ? usual.Temperatures : [.. parameters.Temperatures],
            parameters.HasMaxCompressionRatio ? parameters.MaxCompressionRatio : usual.MaxCompressionRatio,
            parameters.HasMinMeanLogprob ? parameters.MinMeanLogprob : usual.MinMeanLogProb)
        {
            MaxNoSpeechProb = parameters.HasMaxNoSpeechProb ? parameters.MaxNoSpeechProb : null,
            BestOf = parameters.HasBestOf ? (int)Math.Min(parameters.BestOf, int.MaxValue) : usual.BestOf,
        };
    }

    private static TranscriptionTask ToDomain(V1.TranscriptionTask task) => task switch
    {
        V1.TranscriptionTask.Unspecified or V1.TranscriptionTask.Transcribe => TranscriptionTask.Transcribe,
        V1.TranscriptionTask.Translate => TranscriptionTask.Translate,
        _ => throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"parameters.task is {(int)task}, which is no task.", "parameters.task"),
    };
}

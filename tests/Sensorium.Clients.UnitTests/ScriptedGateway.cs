using Google.Protobuf;
using Grpc.Core;
using Grpc.Health.V1;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

/// <summary>Answers as a test tells it to, and remembers what it was asked.</summary>
internal sealed partial class ScriptedGateway : SensoriumService.SensoriumServiceBase
{
    private readonly TaskCompletionSource _captionEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<CaptionRequest> Captions { get; } = [];

    /// <summary>Completes when the first caption has ended, whoever ended it.</summary>
    public Task CaptionEnded => _captionEnded.Task;

    public List<SensoriumServiceGenerateRequest> Generates { get; } = [];

    public List<TranscribeRequest> Transcribes { get; } = [];

    public List<GenerateImageRequest> Images { get; } = [];

    public List<GenerateVideoRequest> Videos { get; } = [];

    public List<EmbedRequest> Embeds { get; } = [];

    public List<CompareRequest> Compares { get; } = [];

    public List<ClassifyRequest> Classifies { get; } = [];

    public List<RerankRequest> Reranks { get; } = [];

    public List<ExplainRequest> Explains { get; } = [];

    public UploadHeader? UploadHeader { get; private set; }

    public MemoryStream Uploaded { get; } = new();

    public string? Authorization { get; private set; }

    public Func<CaptionRequest, IEnumerable<CaptionEvent>> OnCaption { get; set; } = _ => [];

    public Func<SensoriumServiceGenerateRequest, IEnumerable<CaptionEvent>> OnGenerate { get; set; } = _ => [];

    public Func<TranscribeRequest, IEnumerable<TranscriptEvent>> OnTranscribe { get; set; } = _ => [];

    public Func<GenerateImageRequest, IEnumerable<ImageEvent>> OnImage { get; set; } = _ => [];

    public Func<GenerateVideoRequest, IEnumerable<GenerateVideoResponse>> OnVideo { get; set; } = _ => [];

    public Func<EmbedRequest, EmbedResponse> OnEmbed { get; set; } = _ => new EmbedResponse();

    public Func<CompareRequest, CompareResponse> OnCompare { get; set; } = _ => new CompareResponse();

    public Func<ClassifyRequest, ClassifyResponse> OnClassify { get; set; } = _ => new ClassifyResponse();

    public Func<RerankRequest, RerankResponse> OnRerank { get; set; } = _ => new RerankResponse();

    public Func<ExplainRequest, ExplainResponse> OnExplain { get; set; } = _ => new ExplainResponse();

    public Func<StatusResponse> OnStatus { get; set; } = () => new StatusResponse();

    public HealthOfScript Health { get; } = new();

    public ScriptedModels Models { get; } = new();

    public override async Task Caption(CaptionRequest request, IServerStreamWriter<CaptionResponse> responseStream, ServerCallContext context)
    {
        lock (Captions)
        {
            Captions.Add(request);
        }

        try
        {
            foreach (var caption in OnCaption(request))
            {
                await responseStream.WriteAsync(new CaptionResponse { Event = caption }, context.CancellationToken);
            }
        }
        finally
        {
            _captionEnded.TrySetResult();
        }
    }

    public override async Task Generate(
        SensoriumServiceGenerateRequest request, IServerStreamWriter<SensoriumServiceGenerateResponse> responseStream, ServerCallContext context)
    {
        Generates.Add(request);
        foreach (var said in OnGenerate(request))
        {
            await responseStream.WriteAsync(new SensoriumServiceGenerateResponse { Event = said }, context.CancellationToken);
        }
    }

    public override async Task Transcribe(TranscribeRequest request, IServerStreamWriter<TranscribeResponse> responseStream, ServerCallContext context)
    {
        Transcribes.Add(request);
        foreach (var said in OnTranscribe(request))
        {
            await responseStream.WriteAsync(new TranscribeResponse { Event = said }, context.CancellationToken);
        }
    }

    public override async Task GenerateImage(GenerateImageRequest request, IServerStreamWriter<GenerateImageResponse> responseStream, ServerCallContext context)
    {
        Images.Add(request);
        foreach (var made in OnImage(request))
        {
            await responseStream.WriteAsync(new GenerateImageResponse { Event = made }, context.CancellationToken);
        }
    }

    public override async Task GenerateVideo(GenerateVideoRequest request, IServerStreamWriter<GenerateVideoResponse> responseStream, ServerCallContext context)
    {
        Videos.Add(request);
        foreach (var made in OnVideo(request))
        {
            await responseStream.WriteAsync(made, context.CancellationToken);
        }
    }

    public override async Task<UploadResponse> Upload(IAsyncStreamReader<UploadRequest> requestStream, ServerCallContext context)
    {
        await foreach (var request in requestStream.ReadAllAsync())
        {
            UploadHeader = request.Header ?? UploadHeader;
            Uploaded.Write((request.Chunk ?? ByteString.Empty).Span);
        }

        return new UploadResponse { Ref = new MediaReference { Sha256 = new string('a', 64), SizeBytes = Uploaded.Length } };
    }

    public override Task<EmbedResponse> Embed(EmbedRequest request, ServerCallContext context)
    {
        Embeds.Add(request);
        return Task.FromResult(OnEmbed(request));
    }

    public override Task<CompareResponse> Compare(CompareRequest request, ServerCallContext context)
    {
        Compares.Add(request);
        return Task.FromResult(OnCompare(request));
    }

    public override Task<ClassifyResponse> Classify(ClassifyRequest request, ServerCallContext context)
    {
        Classifies.Add(request);
        return Task.FromResult(OnClassify(request));
    }

    public override Task<RerankResponse> Rerank(RerankRequest request, ServerCallContext context)
    {
        Reranks.Add(request);
        return Task.FromResult(OnRerank(request));
    }

    public override Task<ExplainResponse> Explain(ExplainRequest request, ServerCallContext context)
    {
        Explains.Add(request);
        return Task.FromResult(OnExplain(request));
    }

    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context)
    {
        Authorization = context.RequestHeaders.GetValue("authorization");
        return Task.FromResult(OnStatus());
    }

    internal sealed class HealthOfScript : Health.HealthBase
    {
        private int _checks;

        /// <summary>Checks that are answered with NOT_SERVING before the first SERVING.</summary>
        public int NotServing { get; set; }

        public int Checks => _checks;

        public override Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => Task.FromResult(new HealthCheckResponse
        {
            Status = Interlocked.Increment(ref _checks) > NotServing
                ? HealthCheckResponse.Types.ServingStatus.Serving
                : HealthCheckResponse.Types.ServingStatus.NotServing,
        });
    }
}

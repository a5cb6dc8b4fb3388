using Grpc.Core;
using Sensorium.V1;

namespace Sensorium.Clients.UnitTests;

/// <summary>Answers about models as a test tells it to, and remembers what it was asked.</summary>
internal sealed class ScriptedModels : ModelService.ModelServiceBase
{
    public List<string> Asked { get; } = [];

    public ModelServiceListResponse Listed { get; } = new();

    public List<ModelPart> Steps { get; } = [];

    public override Task<ModelServiceListResponse> List(ModelServiceListRequest request, ServerCallContext context) => Task.FromResult(Listed);

    public ModelServiceCheckResponse Checked { get; } = new() { Model = new ModelInfo { Id = "mini-lm", Family = "bert", License = "mit" } };

    public override Task<ModelServiceCheckResponse> Check(ModelServiceCheckRequest request, ServerCallContext context)
    {
        Asked.Add($"check {request.Id}");
        return Task.FromResult(Checked);
    }

    public override async Task Load(ModelServiceLoadRequest request, IServerStreamWriter<ModelServiceLoadResponse> responseStream, ServerCallContext context)
    {
        Asked.Add($"load {request.Id}");
        foreach (var step in Steps)
        {
            await responseStream.WriteAsync(new ModelServiceLoadResponse { Part = step }, context.CancellationToken);
        }
    }

    public override async Task Unload(ModelServiceUnloadRequest request, IServerStreamWriter<ModelServiceUnloadResponse> responseStream, ServerCallContext context)
    {
        Asked.Add($"unload {request.Id}");
        foreach (var step in Steps)
        {
            await responseStream.WriteAsync(new ModelServiceUnloadResponse { Part = step }, context.CancellationToken);
        }
    }
}

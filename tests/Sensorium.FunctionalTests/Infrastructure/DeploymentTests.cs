using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Sensorium.Core.Errors;
using Xunit;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>Base of the tests that run in both shapes. Fails a test during which an error was logged that it did not expect.</summary>
public abstract class DeploymentTests(Deployment deployment) : IAsyncLifetime
{
    private readonly List<string> _expectedErrors = [];

    protected Deployment Sensorium => deployment;

    protected V1.SensoriumService.SensoriumServiceClient Client => deployment.Client;

    public ValueTask InitializeAsync()
    {
        deployment.Errors.Take();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        var unexpected = deployment.Errors.Take().Where(error => !_expectedErrors.Exists(text => error.Contains(text, StringComparison.Ordinal)));
        Assert.True(!unexpected.Any(), string.Join(Environment.NewLine, unexpected));
        return ValueTask.CompletedTask;
    }

    /// <summary>Errors that hold this text are what the test is about.</summary>
    protected void ExpectError(string text) => _expectedErrors.Add(text);

    protected static V1.Media Data(byte[] bytes, string itemId = "") => new() { ItemId = itemId, Data = UnsafeByteOperations.UnsafeWrap(bytes) };

    protected static V1.Media Text(string text, string itemId = "") => new() { ItemId = itemId, Text = text };

    /// <summary>The call fails so, and the next one on the same connection works.</summary>
    /// <returns>The status, for what else is to be said of it.</returns>
    protected async Task<Google.Rpc.Status> ExpectFailureAsync(Func<Task> call, StatusCode code, string reason, string inMessage = "")
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);
        var status = exception.GetRpcStatus();
        Assert.Equal((code, reason), (exception.StatusCode, status?.GetDetail<ErrorInfo>()?.Reason));
        Assert.Equal("sensorium.dev", status!.GetDetail<ErrorInfo>()!.Domain);
        Assert.Contains(inMessage, exception.Status.Detail, StringComparison.OrdinalIgnoreCase);
        await AssertStillServingAsync();
        return status;
    }

    /// <summary>The item fails so while its batch does not.</summary>
    protected async Task ExpectItemFailureAsync(V1.Media media, ErrorCode code, string reason, string inMessage)
    {
        var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { media, Text("a dog") } });
        var error = response.Results[0].Error;
        Assert.Equal(((int)code, reason), (error?.Code, error?.Reason));
        Assert.Contains(inMessage, error!.Message, StringComparison.OrdinalIgnoreCase);
        Assert.NotNull(response.Results[1].Encoded);
    }

    protected async Task AssertStillServingAsync() =>
        Assert.NotNull((await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("still here") } })).Results.Single().Encoded);

    protected async Task<V1.EncodeResult> EmbedAsync(V1.Media media, V1.EncodeOptions? options = null)
    {
        var response = await Client.EmbedAsync(new V1.EmbedRequest { Items = { media }, Options = options });
        var result = Assert.Single(response.Results);
        Assert.Null(result.Error);
        return result;
    }

    protected async Task<IReadOnlyList<V1.CaptionEvent>> CaptionAsync(V1.CaptionRequest request)
    {
        using var call = Client.Caption(request);
        var events = new List<V1.CaptionEvent>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response.Event);
        }

        return events;
    }

    protected async Task<IReadOnlyList<V1.CaptionEvent>> GenerateAsync(V1.SensoriumServiceGenerateRequest request)
    {
        using var call = Client.Generate(request);
        var events = new List<V1.CaptionEvent>();
        await foreach (var response in call.ResponseStream.ReadAllAsync())
        {
            events.Add(response.Event);
        }

        return events;
    }

    protected async Task<string> CaptionTextAsync(V1.CaptionRequest request) =>
        (await CaptionAsync(request)).Single(caption => caption.Finished is not null).Finished.Text;

    protected async Task<V1.UploadResponse> UploadAsync(byte[] bytes, V1.UploadHeader? header = null)
    {
        using var call = Client.Upload();
        await call.RequestStream.WriteAsync(new V1.UploadRequest { Header = header ?? new V1.UploadHeader { SizeBytes = bytes.Length } });
        foreach (var chunk in bytes.Chunk(256 << 10))
        {
            await call.RequestStream.WriteAsync(new V1.UploadRequest { Chunk = UnsafeByteOperations.UnsafeWrap(chunk) });
        }

        await call.RequestStream.CompleteAsync();
        return await call;
    }
}

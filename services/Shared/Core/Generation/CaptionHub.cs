using Sensorium.Core.Models;

namespace Sensorium.Core.Generation;

/// <summary>The decoders of this process: a generator for each model that has one, chosen by what the job asks for.</summary>
public sealed class CaptionHub : ICaptionGenerator, IAsyncDisposable
{
    private readonly ModelHub<GenerationDescription, CaptionGenerator> _hub = new("generation");

    public ServedModels<GenerationDescription> Served => _hub.Served;

    public async ValueTask AddAsync(CaptionGenerator generator, bool isDefault, IEnumerable<string>? aliases = null) =>
        _hub.Add(await generator.DescribeAsync(CancellationToken.None) with { Aliases = [.. aliases ?? []] }, generator, isDefault);

    public void Fail(UnservedModel model) => _hub.Fail(model);

    /// <summary>Of the default model. Throws FAILED_PRECONDITION if there is none.</summary>
    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served.Select(null));

    /// <summary>An alias is of this service's own; what it asks of others, it asks by the model's id.</summary>
    public IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, CancellationToken cancellationToken)
    {
        var selected = _hub.Served.Select(job.Model).Model;
        var named = job.Model is { Id: { Length: > 0 } } asked ? job with { Model = asked with { Id = selected.Id } } : job;
        return _hub.Select(named.Model).GenerateAsync(named, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var description in _hub.Served.Models)
        {
            if (_hub.Remove(description.Model.Id) is { } generator)
            {
                await generator.DisposeAsync();
            }
        }
    }
}

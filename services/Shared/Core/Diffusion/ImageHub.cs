using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Encoding;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;

namespace Sensorium.Core.Diffusion;

/// <summary>The models of this process that make pictures, chosen by what the job asks for. Where there is none, every job is told so.</summary>
public sealed class ImageHub : IImageGenerator, IModelReadiness, IAsyncDisposable
{
    /// <summary>As in messages.</summary>
    public const string Service = "image-generation";

    private readonly ModelHub<ImageModelDescription, ImageGenerator> _hub = new(Service);

    public string Name => Service;

    /// <summary>Where no model makes pictures, none is expected.</summary>
    public bool IsRequired => _hub.Served.Models.Count > 0;

    /// <summary>What loads models into this hub.</summary>
    /// <param name="create">Loads and warms up the graphs of a model.</param>
    /// <param name="describe">What it says of itself before that; null where it is loaded at the start.</param>
    public IModelRunner RunBy(
        Func<CatalogModel, DiffusionPart, ImageGenerator> create, Func<CatalogModel, DiffusionPart, ImageModelDescription?> describe, ILogger logger) =>
        new ModelRunner<DiffusionPart, ImageModelDescription, ImageGenerator>(
            _hub,
            ModelTask.GenerateImage,
            pack => pack.Diffusion,
            async (model, part, cancellationToken) =>
            {
                var generator = await Task.Run(() => create(model, part), cancellationToken);
                return new LoadedModel<ImageModelDescription, ImageGenerator>(Named(model, generator.Description), generator);
            },
            logger)
        {
            StartsWithoutAny = true,
            DescribeAsleep = (model, part) => describe(model, part) is { } description ? Named(model, description) : null,
        };

    public ValueTask<ServedModels<ImageModelDescription>> DescribeAsync(CancellationToken cancellationToken) => ValueTask.FromResult(_hub.Served);

    public async IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var use = await _hub.UseAsync(SelectorOf(job), cancellationToken);
        await foreach (var made in use.Server.GenerateAsync(job, cancellationToken))
        {
            yield return made;
        }
    }

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        foreach (var peek in _hub.PeekAll())
        {
            using var use = peek;
            try
            {
                await Task.Run(use.Server.Probe, cancellationToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                return error.Message;
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    private ModelSelector? SelectorOf(ImageJob job) => string.IsNullOrEmpty(job.Model?.Id) && string.IsNullOrEmpty(job.Model?.Revision)
        && _hub.Served.FindNamed(ModelTask.GenerateImage) is { } named ? new ModelSelector(named.Model.Id, null) : job.Model;

    private static ImageModelDescription Named(CatalogModel model, ImageModelDescription description) =>
        description with { Aliases = [.. model.Settings.Aliases], NamedTasks = model.NamedTasks };
}

using Sensorium.Core.Diffusion;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>What makes pictures, as the service describes it.</summary>
public static class ImageModelMapping
{
    public static V1.DescribeImageModelsResponse ToProto(this ServedModels<ImageModelDescription> served) => new()
    {
        Models = { served.Models.Select(ToProto) },
        Unserved = { served.Unserved.Select(DescriptionMapping.ToProto) },
    };

    public static ServedModels<ImageModelDescription> ToDomain(this V1.DescribeImageModelsResponse response) => new(
        ImageHub.Service,
        [.. response.Models.Select(ToDomain)],
        [.. response.Unserved.Select(DescriptionMapping.ToDomain)]);

    private static V1.ImageModel ToProto(ImageModelDescription model) => new()
    {
        Model = model.Model.ToProto(),
        Aliases = { model.Aliases },
        NamedTasks = { model.NamedTasks.Select(RunningModelMapping.ToProto) },
        DefaultSide = model.DefaultSide,
        SizeStep = model.SizeStep,
        MaxPixels = model.MaxPixels,
        MaxSteps = model.MaxSteps,
        ReadsPictures = model.ReadsPictures,
    };

    private static ImageModelDescription ToDomain(V1.ImageModel model) => new(
        model.Model.ToDomain(), model.DefaultSide, model.SizeStep, model.MaxPixels, model.MaxSteps, model.ReadsPictures)
    {
        Aliases = [.. model.Aliases],
        NamedTasks = [.. model.NamedTasks.Select(RunningModelMapping.ToDomain)],
    };
}

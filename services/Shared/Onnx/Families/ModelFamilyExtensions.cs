using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sensorium.Core.Models;

namespace Sensorium.Onnx.Families;

internal static class ModelFamilyExtensions
{
    /// <summary>Registers the families that know exports; calling it again changes nothing.</summary>
    public static IServiceCollection AddModelFamilies(this IServiceCollection services)
    {
        services.TryAddEnumerable(EncoderFamilies.OfExports.Concat(DecoderFamilies.OfExports).Select(family => new ServiceDescriptor(typeof(IModelFamily), family)));
        return services;
    }
}

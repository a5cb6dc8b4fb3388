using Microsoft.Extensions.Options;
using Sensorium.Core.Errors;
using Sensorium.Core.Packs;

namespace Sensorium.Hosting.Hosts;

/// <summary>What keeps a process from starting and whoever runs it can mend: the message says it all, and where it was thrown says nothing.</summary>
internal static class StartFaults
{
    private const string Binder = "Microsoft.Extensions.Configuration.Binder";

    /// <summary>Empty for a fault of ours.</summary>
    public static IReadOnlyList<string> Of(Exception exception) => exception switch
    {
        AggregateException many => many.InnerExceptions.Select(Of).ToArray() is var all && all.All(faults => faults.Count > 0) ? [.. all.SelectMany(faults => faults)] : [],
        OptionsValidationException options => [.. options.Failures],

        // A value that is none of the setting's type; a file of settings that cannot be read.
        InvalidOperationException { Source: Binder } or InvalidDataException => [exception.Message],
        ModelPackException or SensoriumException { Code: not ErrorCode.Internal } or IOException or UnauthorizedAccessException => [exception.Message],
        _ => [],
    };
}

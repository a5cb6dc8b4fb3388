using Microsoft.Extensions.Logging;
using Sensorium.Core.Media;

namespace Sensorium.Caching.Descriptions;

internal sealed partial class DescriptionMemory
{
    [LoggerMessage(4000, LogLevel.Information, "The {Modality} encoder changed from revision {Known} to {Revision}; what is cached of the former is not used any more.")]
    private partial void LogChanged(Modality modality, string known, string revision);

    [LoggerMessage(4001, LogLevel.Information, "The {Modality} encoder does not answer; its description is recalled from Redis, revision {Revision}.")]
    private partial void LogRecalled(Modality modality, string revision);

    [LoggerMessage(4002, LogLevel.Debug, "The {Modality} encoder at {Origin} did not describe itself: {Message}")]
    private partial void LogUnanswered(Modality modality, string origin, string message);
}

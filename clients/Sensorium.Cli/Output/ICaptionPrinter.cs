using Sensorium.V1;

namespace Sensorium.Cli.Output;

/// <summary>Shows one caption stream.</summary>
internal interface ICaptionPrinter
{
    Task WriteAsync(CaptionEvent caption);

    /// <summary>After the last event.</summary>
    Task EndAsync();
}

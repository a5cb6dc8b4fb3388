using System.Globalization;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Models;

/// <summary>Values of the contract as people read them.</summary>
internal static class ModelWords
{
    private const double BytesPerMegabyte = 1e6;

    public static string Of(ModelState state) => state.ToString().ToLowerInvariant();

    public static string Of(ModelTask task) => task.ToString().ToLowerInvariant();

    public static string OfBytes(long bytes) =>
        bytes == 0 ? "" : (bytes / BytesPerMegabyte).ToString("0.#", CultureInfo.InvariantCulture) + " MB";

    /// <summary>As "vision: loaded", with the reason where it is not.</summary>
    public static string Of(ModelPart part) =>
        $"{part.Service} ({Of(part.Task)}): {Of(part.State)}" + (part.State == ModelState.Failed && part.Reason.Length > 0 ? $": {part.Reason}" : "");
}

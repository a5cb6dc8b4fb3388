using Sensorium.Core.Media;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Deployment.Tests;

/// <summary>A host as its code describes it, and the folder of its project.</summary>
internal sealed record Host(ServiceProfile Profile, string Folder, string Assembly)
{
    public static IReadOnlyList<Host> All { get; } =
    [
        new(ServiceProfile.Encoder(Modality.Text), "services/Text", "Sensorium.Text"),
        new(ServiceProfile.Encoder(Modality.Image), "services/Vision", "Sensorium.Vision"),
        new(ServiceProfile.Encoder(Modality.Audio), "services/Audio", "Sensorium.Audio"),
        new(ServiceProfile.Encoder(Modality.Video), "services/Video", "Sensorium.Video"),
        new(ServiceProfile.Generation, "services/Generation", "Sensorium.Generation"),
        new(ServiceProfile.Gateway, "gateway", "Sensorium.Gateway"),
    ];

    public static TheoryData<string> Names => [.. All.Select(host => host.Profile.Name)];

    public static Host Named(string name) => All.Single(host => host.Profile.Name == name);
}

using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Hosting.Settings;

/// <summary>
/// Addresses of the other services, as "http://host:port" or "https://host:port"; every address behind a DNS name is used in
/// turn, and every one of a list with commas. Section "Sensorium:Services". The gateway hosts a service without an address itself.
/// </summary>
public sealed class PeerOptions
{
    public const string Section = "Sensorium:Services";

    public string Text { get; set; } = "";

    public string Vision { get; set; } = "";

    public string Audio { get; set; } = "";

    public string Video { get; set; } = "";

    public string Generation { get; set; } = "";

    /// <summary>What makes pictures of words.</summary>
    public string ImageGeneration { get; set; } = "";

    /// <summary>The gateway's replicas. Media are read from these and from no one else.</summary>
    public string Gateway { get; set; } = "";

    /// <summary>
    /// Sent with every call to another service; empty sends none. Encoders and generation that have it let in nothing else,
    /// and with it a service reads every upload; so all hosts of a deployment have the same.
    /// </summary>
    public string ApiKey { get; set; } = "";

    /// <summary>
    /// Instead of ApiKey, a file with one key a line, which is read again when it changes: the first is sent, and services that bring any
    /// of them are let in. To replace a key, add the new one last, then move it to the front, then take the old one out, each on all hosts.
    /// </summary>
    public string ApiKeyPath { get; set; } = "";

    /// <summary>PEM file with the certificate that is shown to other services, where they ask for one. It and the key are read again when they change.</summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>PEM file with the private key of that certificate.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>
    /// PEM file with the authorities that certificates of other services are checked against; empty means those of the machine.
    /// It is read again when it changes.
    /// </summary>
    public string AuthorityPath { get; set; } = "";

    /// <summary>How long a service may take to say what it is.</summary>
    public TimeSpan DescribeTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an encoder may take for one call whose caller gave no deadline, and generation for each part of its answer.</summary>
    public TimeSpan EncodeTimeout { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long a host that has just started is not ready because a service has not answered yet; then it serves the rest.</summary>
    public TimeSpan StartupPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After this long, a service is asked again what it is, beside the requests.</summary>
    public TimeSpan DescriptionLifetime { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether services bring a key.</summary>
    public bool HasKey() => ApiKey.Length > 0 || ApiKeyPath.Length > 0;

    /// <summary>Whether any encoder or generation runs in a process of its own.</summary>
    public bool HasAddresses() => new[] { Text, Vision, Audio, Video, Generation, ImageGeneration }.Any(address => address.Length > 0);

    /// <summary>Whether everything but what makes pictures runs in processes of its own.</summary>
    public bool HasAllOthers() => new[] { Text, Vision, Audio, Video, Generation }.All(address => address.Length > 0);

    /// <summary>Empty if it has none.</summary>
    public string AddressOf(Modality modality) => AddressOf(ModalityTable.Of(modality).Section);

    /// <summary>Where an encoder's results come from: its address, or "local".</summary>
    public static string Origin(IServiceProvider services, Modality modality)
    {
        var address = services.GetRequiredService<IOptions<PeerOptions>>().Value.AddressOf(modality);
        return address.Length > 0 ? address : "local";
    }

    // One property for each service, so that each is documented and bound by its own key.
    private string AddressOf(string section) => section switch
    {
        nameof(Text) => Text,
        nameof(Vision) => Vision,
        nameof(Audio) => Audio,
        nameof(Video) => Video,
        _ => throw new ArgumentOutOfRangeException(nameof(section), section, "There is no setting for the address of this service."),
    };
}

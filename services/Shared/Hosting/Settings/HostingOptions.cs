namespace Sensorium.Hosting.Settings;

/// <summary>Where and how a host serves. Section "Sensorium:Host".</summary>
public sealed class HostingOptions
{
    public const string Section = "Sensorium:Host";

    /// <summary>Shorter keys could be guessed.</summary>
    public const int MinKeyLength = 16;

    /// <summary>IP address to listen on; "*" is every address of the machine.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>HTTP/2, for gRPC. 0 lets the system choose.</summary>
    public int GrpcPort { get; set; }

    /// <summary>HTTP/1.1, for health, metrics, and the faces of the gateway that speak HTTP. 0 lets the system choose.</summary>
    public int HttpPort { get; set; }

    /// <summary>host:port under which other processes reach this one's gRPC; empty derives it from address and port.</summary>
    public string AdvertisedAddress { get; set; } = "";

    /// <summary>Largest gRPC message that is read.</summary>
    public int MaxReceiveBytes { get; set; } = 64 << 20;

    /// <summary>Largest gRPC message that is written.</summary>
    public int MaxSendBytes { get; set; } = 64 << 20;

    /// <summary>Most bytes of requests, unpacked, that are in memory at a time; more are refused until some are done.</summary>
    public long MaxBytesInFlight { get; set; } = 512 << 20;

    /// <summary>As MaxBytesInFlight, of one caller: of one key or, without keys, of one address.</summary>
    public long MaxBytesInFlightPerCaller { get; set; } = 256 << 20;

    /// <summary>Most bytes of one medium that may travel within a request; larger ones are uploaded.</summary>
    public int MaxInlineBytes { get; set; } = 8 << 20;

    /// <summary>Most connections at a time, over both ports; what comes on top is closed.</summary>
    public int MaxConnections { get; set; } = 10_000;

    /// <summary>Calls under way on one connection; a client makes another connection for more, or waits.</summary>
    public int MaxStreamsPerConnection { get; set; } = 1_000;

    /// <summary>Most items of one request.</summary>
    public int MaxItems { get; set; } = 256;

    /// <summary>Items of one encode stream that are worked on at a time.</summary>
    public int MaxStreamItems { get; set; } = 32;

    /// <summary>How long an upload may pause.</summary>
    public TimeSpan UploadIdleTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long one message of a stream may wait for its reader; a slower one is ended.</summary>
    public TimeSpan SlowReaderTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>From the signal to stop until work is awaited, so that load balancers notice first.</summary>
    public TimeSpan DrainDelay { get; set; } = TimeSpan.Zero;

    /// <summary>How long calls under way may go on after the signal to stop.</summary>
    public TimeSpan DrainTimeout { get; set; } = TimeSpan.FromSeconds(25);

    /// <summary>If any are set, calls must bring one of them, as "authorization: Bearer KEY". Health is exempt. An upload is found by calls with the key that sent it.</summary>
    public IList<string> ApiKeys { get; } = [];

    /// <summary>
    /// Keys that let in as ApiKeys do, and may load, unload and check models, too. Where any keys are asked for, no others may.
    /// </summary>
    public IList<string> AdminKeys { get; } = [];

    /// <summary>File with one more key of administrators a line, as ApiKeysPath has those of callers.</summary>
    public string AdminKeysPath { get; set; } = "";

    /// <summary>File with one more key a line; lines that start with "#" are comments. It is read again when it changes.</summary>
    public string ApiKeysPath { get; set; } = "";

    /// <summary>Lets everyone in who reaches an address beyond this machine. Without keys and without this, a host does not start there.</summary>
    public bool AllowAnonymous { get; set; }

    /// <summary>
    /// Names that HTTP calls may come under, and whose pages may make them, beside those of this machine: of a proxy on it. Asked only where a
    /// host listens on this machine and has no keys.
    /// </summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>Serves gRPC reflection, by which clients such as grpcurl learn the contracts. It asks for a key where calls do.</summary>
    public bool Reflection { get; set; } = true;

    /// <summary>Asks for a key at /metrics, too.</summary>
    public bool MetricsNeedKey { get; set; }

    /// <summary>
    /// PEM file with the certificate and its intermediates, for both ports; empty serves plain text. It and the key are read
    /// again when they change.
    /// </summary>
    public string CertificatePath { get; set; } = "";

    /// <summary>PEM file with the private key.</summary>
    public string KeyPath { get; set; } = "";

    /// <summary>
    /// PEM file with the authorities whose certificates callers of gRPC must show; empty asks them for none. With it nobody
    /// reaches an encoder or generation but hosts that have such a certificate. It is read again when it changes.
    /// </summary>
    public string ClientAuthorityPath { get; set; } = "";
}

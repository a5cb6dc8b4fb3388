namespace Sensorium.Gateway.Http.Playground;

/// <summary>The page to try Sensorium with. Section "Sensorium:Playground".</summary>
internal sealed class PlaygroundOptions
{
    public const string Section = "Sensorium:Playground";

    /// <summary>Serves the page at / of the HTTP port. It asks for no key by itself; what is done on it does.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Serves what the HTTP faces are: /openapi.json for programs, /reference for people. Both ask for a key where calls do.</summary>
    public bool Reference { get; set; } = true;
}

using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;

namespace Sensorium.Media.UnitTests;

/// <summary>The registered services, with temporary files in a folder of their own.</summary>
internal sealed class MediaServices : IDisposable
{
    private readonly IHost _host;

    public MediaServices(Action<HostApplicationBuilder>? configure = null)
    {
        Folder = Directory.CreateTempSubdirectory("sensorium-media-tests-").FullName;
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MediaStoreOptions.Section}:Directory"] = Folder;
        configure?.Invoke(builder);
        builder.AddSensoriumMedia();
        builder.Services.AddLogging();
        _host = builder.Build();
    }

    public string Folder { get; }

    public T Get<T>()
        where T : notnull => _host.Services.GetRequiredService<T>();

    /// <summary>Content that lies in a file of somebody else's.</summary>
    public static IMediaContent File(string path) => new FileMediaContent(
        path, Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(path))), new FileInfo(path).Length, () => { });

    public static IMediaContent Bytes(byte[] data) => new MemoryMediaContent(data);

    public static IMediaContent Loaded(string path) => Bytes(System.IO.File.ReadAllBytes(path));

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(Folder, recursive: true);
    }
}

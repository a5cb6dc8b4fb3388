using System.Reflection;

namespace Sensorium.Hosting.Settings;

public static class ProductVersion
{
    /// <summary>As "0.1.0", without build metadata.</summary>
    public static string Text { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}

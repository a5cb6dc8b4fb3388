namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>Where the built services lie, in the source tree that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    // bin/<configuration>/net10.0
    private static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;

    /// <param name="project">As "services/Vision".</param>
    /// <param name="assembly">As "Sensorium.Vision".</param>
    public static string Binary(string project, string assembly) =>
        Path.Combine(Root, project, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Services.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"{AppContext.BaseDirectory} is not in the source tree.");
        }

        return folder.FullName;
    }
}

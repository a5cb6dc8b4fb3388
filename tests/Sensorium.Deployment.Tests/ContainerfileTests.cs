using System.Text.Json;
using System.Xml.Linq;
using Xunit;

namespace Sensorium.Deployment.Tests;

public sealed class ContainerfileTests
{
    public static TheoryData<string> Hosts => Host.Names;

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Copies_only_what_exists(string name)
    {
        var sources = Instructions(name, "COPY").Where(words => !words[0].StartsWith("--from=", StringComparison.Ordinal)).SelectMany(words => words[..^1]).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(SourceTree.PathOf(source)), source));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Copies_all_that_the_project_is_built_from(string name)
    {
        var folders = Instructions(name, "COPY").SelectMany(words => words[..^1]).ToArray();

        foreach (var project in WithReferences(SourceTree.PathOf($"{Host.Named(name).Folder}/{Host.Named(name).Assembly}.csproj")))
        {
            var relative = Path.GetRelativePath(SourceTree.Root, project);
            Assert.Contains(folders, folder => relative.StartsWith(folder + "/", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Publishes_and_starts_the_host(string name)
    {
        var host = Host.Named(name);
        var publish = Assert.Single(Instructions(name, "RUN"), words => words is ["dotnet", "publish", ..]);
        var entry = JsonSerializer.Deserialize<string[]>(string.Join(' ', Assert.Single(Instructions(name, "ENTRYPOINT"))))!;

        Assert.Equal($"{host.Folder}/{host.Assembly}.csproj", publish[2]);
        Assert.Equal(["dotnet", $"{host.Assembly}.dll"], entry);
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Exposes_the_ports_of_the_host(string name)
    {
        var profile = Host.Named(name).Profile;

        Assert.Equal([$"{profile.GrpcPort}", $"{profile.HttpPort}"], Assert.Single(Instructions(name, "EXPOSE")));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Runs_as_the_user_of_the_manifest(string name)
    {
        var context = Manifests.Deployment(name).Spec.Template.Spec.SecurityContext;

        Assert.Equal([$"{context.RunAsUser}:{context.RunAsGroup}"], Assert.Single(Instructions(name, "USER")));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Takes_its_base_images_as_arguments(string name)
    {
        Assert.Equal(["SDK_IMAGE", "RUNTIME_IMAGE"], Instructions(name, "ARG").Select(words => Assert.Single(words)));
        Assert.Equal(["${SDK_IMAGE}", "${RUNTIME_IMAGE}"], Instructions(name, "FROM").Select(words => words[0]));
    }

    private static string[][] Instructions(string name, string instruction) =>
        [.. File.ReadAllLines(SourceTree.PathOf($"{Host.Named(name).Folder}/Containerfile"))
            .Where(line => line.StartsWith(instruction + " ", StringComparison.Ordinal))
            .Select(line => line.Split(' ')[1..])];

    private static HashSet<string> WithReferences(string project)
    {
        var found = new HashSet<string>();
        var open = new Stack<string>([Path.GetFullPath(project)]);
        while (open.TryPop(out var next))
        {
            if (found.Add(next))
            {
                foreach (var reference in XDocument.Load(next).Descendants("ProjectReference"))
                {
                    open.Push(Path.GetFullPath(reference.Attribute("Include")!.Value, Path.GetDirectoryName(next)!));
                }
            }
        }

        return found;
    }
}

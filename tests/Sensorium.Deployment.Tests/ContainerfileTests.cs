using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Sensorium.Deployment.Tests;

public sealed partial class ContainerfileTests
{
    public static TheoryData<string> Hosts => Host.Names;

    [Fact]
    public void There_is_one_for_all_services() =>
        Assert.Equal(["Containerfile"], Directory
            .EnumerateFiles(SourceTree.Root, "Containerfile", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 3 })
            .Select(path => Path.GetRelativePath(SourceTree.Root, path)));

    [Fact]
    public void Copies_only_what_exists()
    {
        var sources = Copied();

        Assert.NotEmpty(sources);
        Assert.All(sources, source => Assert.True(Path.Exists(SourceTree.PathOf(source)), source));
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Copies_all_that_the_project_is_built_from(string name)
    {
        foreach (var project in WithReferences(SourceTree.PathOf($"{Host.Named(name).Folder}/{Host.Named(name).Assembly}.csproj")))
        {
            var relative = Path.GetRelativePath(SourceTree.Root, project);
            Assert.Contains(Copied(), folder => relative.StartsWith(folder + "/", StringComparison.Ordinal));
        }
    }

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Publishes_and_starts_the_host(string name)
    {
        var host = Host.Named(name);

        Assert.Equal(
            ["publish", $"{host.Folder}/{host.Assembly}.csproj", "-c", "Release", "-o", "/app", "-p:UseAppHost=false", "-p:Accelerator=cuda"],
            Containerfile.Publish(Service(host), "cuda"));
        Assert.Equal([$"{host.Assembly}.dll", "--Sensorium:Pack", "a b"], Containerfile.Start(Service(host), "--Sensorium:Pack", "a b"));
        Assert.Matches($@"\b{Service(host)}\b", File.ReadLines(SourceTree.PathOf("Containerfile")).First());
    }

    [Fact]
    public void Publishes_and_starts_the_command_line()
    {
        Assert.Equal("clients/Sensorium.Cli/Sensorium.Cli.csproj", Containerfile.Publish("Cli", "cpu")[1]);
        Assert.Equal(["sensorium.dll", "models", "pull"], Containerfile.Start("Cli", "models", "pull"));
    }

    [Fact]
    public void Nothing_that_is_copied_is_left_out_of_the_context()
    {
        var ignored = File.ReadLines(SourceTree.PathOf(".dockerignore")).ToArray();

        Assert.DoesNotContain(Copied(), source => ignored.Any(left => source == left || source.StartsWith(left + "/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("vision")]
    [InlineData("Core")]
    public void A_service_that_there_is_not_is_not_built(string service) => Assert.Empty(Containerfile.Publish(service, "cpu"));

    [Theory]
    [MemberData(nameof(Hosts))]
    public void Runs_as_the_user_of_the_manifest(string name)
    {
        var context = Manifests.Deployment(name).Spec.Template.Spec.SecurityContext;

        Assert.Equal($"{context.RunAsUser}:{context.RunAsGroup}", Assert.Single(Containerfile.All("USER")));
    }

    [Fact]
    public void Base_images_can_be_replaced_and_have_defaults_that_name_no_registry()
    {
        var arguments = Containerfile.All("ARG").Where(argument => argument.Contains("_IMAGE", StringComparison.Ordinal)).ToArray();

        Assert.Equal(["${SDK_IMAGE} AS build", "${RUNTIME_IMAGE}"], Containerfile.All("FROM"));
        Assert.All(arguments, argument => Assert.Matches(ImageOfNoRegistry(), argument));
        Assert.Equal(2, arguments.Length);
    }

    [Fact]
    public void Telemetry_of_the_runtime_is_off() => Assert.Contains("ORT_DISABLE_TELEMETRY=1", Assert.Single(Containerfile.All("ENV")).Split(' '));

    private static string Service(Host host) => host.Assembly["Sensorium.".Length..];

    private static string[] Copied() =>
        [.. Containerfile.All("COPY").Select(line => line.Split(' '))
            .Where(words => !words[0].StartsWith("--from=", StringComparison.Ordinal)).SelectMany(words => words[..^1])];

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

    [GeneratedRegex(@"^(SDK|RUNTIME)_IMAGE=[a-z]+:[0-9.]+$")]
    private static partial Regex ImageOfNoRegistry();
}

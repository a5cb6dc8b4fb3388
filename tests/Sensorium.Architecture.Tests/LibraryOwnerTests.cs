using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>Each big library has one owner, so that it can be replaced there.</summary>
public sealed class LibraryOwnerTests
{
    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime", "Sensorium.Onnx")]
    [InlineData("StackExchange.Redis", "Sensorium.Caching", "Sensorium.Index")]
    [InlineData("Microsoft.Data.Sqlite", "Sensorium.Index")]
    [InlineData("Npgsql", "Sensorium.Index")]
    [InlineData("NetVips", "Sensorium.Media")]
    [InlineData("SixLabors.ImageSharp", "Sensorium.Media")]
    [InlineData("FFMpegCore", "Sensorium.Media")]
    [InlineData("Grpc.AspNetCore", "Sensorium.Hosting")]
    public void Only_the_owner_refers_to_a_library(string package, params string[] owners)
    {
        var users = Project.All
            .Where(project => project.IsServed && project.Packages.Any(name => name == package || name.StartsWith(package + ".", StringComparison.Ordinal)))
            .Select(project => project.Name);

        Assert.Equal(owners, users.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("using NetVips", 1)]
    [InlineData("using SixLabors.ImageSharp;", 1)]
    [InlineData("using FFMpegCore", 1)]
    public void One_file_knows_a_media_library(string directive, int files)
    {
        var users = Repository.CSharp.Where(file => file.IsServed && file.Text.Contains(directive, StringComparison.Ordinal));

        Assert.Equal(files, users.Count());
    }

    [Theory]
    [InlineData("Microsoft.ML.OnnxRuntime", "services/Shared/Onnx/")]
    [InlineData("Microsoft.ML;", "services/Shared/Deciders/")]
    [InlineData("Microsoft.ML.Data;", "services/Shared/Deciders/")]
    [InlineData("Microsoft.ML.Trainers", "services/Shared/Deciders/")]
    [InlineData("StackExchange.Redis", "services/Shared/Caching/", "index/Redis/")]
    [InlineData("Microsoft.Data.Sqlite", "index/Embedded/")]
    [InlineData("Npgsql", "index/Postgres/")]
    [InlineData("Pgvector", "index/Postgres/")]
    public void Code_that_uses_a_library_lies_in_its_folder(string @namespace, params string[] folders)
    {
        var strangers = Repository.CSharp.Where(file =>
            file.IsServed && file.Text.Contains($"using {@namespace}", StringComparison.Ordinal) && !folders.Any(folder => file.Path.StartsWith(folder, StringComparison.Ordinal)));

        Assert.Empty(strangers);
    }

    [Fact]
    public void The_domain_knows_no_transport_and_no_library_of_an_owner()
    {
        var core = Project.All.Single(project => project.Name == "Sensorium.Core");

        Assert.All(core.Packages, package => Assert.True(
            package.StartsWith("Microsoft.Extensions.", StringComparison.Ordinal) || package.StartsWith("System.", StringComparison.Ordinal), package));
    }
}

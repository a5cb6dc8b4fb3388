using Xunit;

namespace Sensorium.Architecture.Tests;

public sealed class SolutionTests
{
    [Theory]
    [InlineData("Services.sln")]
    [InlineData("Sensorium.slnx")]
    public void Every_solution_lists_every_project(string solution)
    {
        var expected = Project.All.Select(project => $"{project.Folder}/{project.Name}.csproj").Order(StringComparer.Ordinal);
        var listed = Repository.Read(solution).Split('"').Select(word => word.Replace('\\', '/'))
            .Where(word => word.EndsWith(".csproj", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();

        Assert.True(expected.SequenceEqual(listed), $"{solution} does not list every project once: dotnet sln Services.sln add PROJECT, then scripts/solution.py");
    }
}

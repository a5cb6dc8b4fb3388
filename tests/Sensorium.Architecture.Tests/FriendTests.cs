using System.Xml.Linq;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>Who may see internals is somebody who exists.</summary>
public sealed class FriendTests
{
    [Fact]
    public void Internals_are_visible_only_to_projects_that_exist()
    {
        var names = Project.All.Select(project => project.Name).ToHashSet();
        var friends =
            from file in Repository.TextFiles
            where file.Path.EndsWith(".csproj", StringComparison.Ordinal) || file.Path.EndsWith(".props", StringComparison.Ordinal)
            from element in XDocument.Parse(file.Text).Descendants("InternalsVisibleTo")
            select (file.Path, Friend: element.Attribute("Include")!.Value);
        var all = friends.ToArray();

        Assert.NotEmpty(all);
        Assert.All(all, pair => Assert.True(names.Contains(pair.Friend), $"{pair.Path} names {pair.Friend}"));
    }
}

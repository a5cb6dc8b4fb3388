using System.Text.RegularExpressions;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>What the API looks like on the wire is known in the folders named Grpc, and nowhere else.</summary>
public sealed partial class WireTests
{
    // Graphs are messages in files, and travel over no wire.
    private const string Graphs = "services/Shared/Quantization/";

    [Fact]
    public void Only_the_grpc_folders_know_the_wire() => Assert.Empty(Strangers());

    private static IEnumerable<string> Strangers() =>
        from file in Repository.CSharp
        where file.IsServed
        where !file.Path.Contains("/Grpc/", StringComparison.Ordinal) && !file.Path.StartsWith(Graphs, StringComparison.Ordinal) && Wire().IsMatch(file.Text)
        select file.Path;

    [GeneratedRegex(@"^using (Grpc|Google\.(Protobuf|Rpc))\b|\bV[12]\.", RegexOptions.Multiline)]
    private static partial Regex Wire();
}

using System.Text.RegularExpressions;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>What the API looks like on the wire is known in the folders named Grpc, and nowhere else.</summary>
public sealed partial class WireTests
{
    // Files that still have to be split into an operation and its mapping. The list only gets shorter.
    private static readonly string[] ToBeSplit =
    [
        "gateway/Intake/MediaIntake.cs",
        "gateway/Status/StatusCollector.cs",
        "gateway/Uploads/UploadReceiver.cs",
    ];

    [Fact]
    public void Only_the_grpc_folders_know_the_wire() => Assert.Empty(Strangers().Except(ToBeSplit));

    [Fact]
    public void What_has_been_split_is_listed_no_more() => Assert.Empty(ToBeSplit.Except(Strangers()));

    private static IEnumerable<string> Strangers() =>
        from file in Repository.CSharp
        where file.Path.StartsWith("services/", StringComparison.Ordinal) || file.Path.StartsWith("gateway/", StringComparison.Ordinal)
        where !file.Path.Contains("/Grpc/", StringComparison.Ordinal) && Wire().IsMatch(file.Text)
        select file.Path;

    [GeneratedRegex(@"^using (Grpc|Google\.(Protobuf|Rpc))\b|\bV1\.", RegexOptions.Multiline)]
    private static partial Regex Wire();
}

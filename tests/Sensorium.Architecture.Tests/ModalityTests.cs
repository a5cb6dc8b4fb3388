using System.Text.RegularExpressions;
using Xunit;

namespace Sensorium.Architecture.Tests;

/// <summary>Facts of modalities and tracks stand in one place, so that a new one cannot be forgotten in another.</summary>
public sealed partial class ModalityTests
{
    private const string Tables = "services/Shared/Core/Modalities/";

    // An arm of a switch, or a case, that names a modality; a table of them is also a row for each.
    [GeneratedRegex(@"^\s*(case\s+)?\(?(\w+\.)*Modality\.(Text|Image|Audio|Video)\b[^;=]*(=>|:\s*$)|\[(\w+\.)*Modality\.(Text|Image|Audio|Video)\]\s*=|\]\s*=\s*(\w+\.)*Modality\.(Text|Image|Audio|Video)\b", RegexOptions.Multiline)]
    private static partial Regex Arm { get; }

    [Fact]
    public void No_code_beside_the_tables_switches_on_a_modality() => Assert.Empty(
        from file in Repository.CSharp
        where !file.Path.StartsWith("tests/", StringComparison.Ordinal) && !file.Path.StartsWith(Tables, StringComparison.Ordinal)
        from Match match in Arm.Matches(file.Text)
        select $"{file.Path}: {match.Value.Trim()}");

    [Theory]
    [InlineData("        Modality.Text => 1,", true)]
    [InlineData("        Modality.Video when part.HasFrames => 1,", true)]
    [InlineData("        (Modality.Video, MediaTrack.Audio) => 1,", true)]
    [InlineData("            case Modality.Image:", true)]
    [InlineData("    [Modality.Image] = \"vision\",", true)]
    [InlineData("        [\"vision\"] = Modality.Image,", true)]
    [InlineData("        [\"found\"] = found.Modality.ToString(),", false)]
    [InlineData("        builder.AddEncoder(Modality.Image, services => 1);", false)]
    [InlineData("        if (item.Modality == Modality.Text)", false)]
    public void The_pattern_finds_what_it_shall(string line, bool found) => Assert.Equal(found, Arm.IsMatch(line));
}

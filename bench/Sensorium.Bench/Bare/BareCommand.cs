using System.Globalization;

namespace Sensorium.Bench.Bare;

/// <summary>One line of the bare loop's input.</summary>
/// <param name="Operation">embed, preprocess, infer, first-token or decode.</param>
/// <param name="Pattern">Path of the pictures, with a wildcard in the file name.</param>
internal sealed record BareCommand(string Operation, string Pattern, int Batch, double Warmup, double Seconds)
{
    public static BareCommand Parse(string line)
    {
        var fields = line.Split('\t');
        double Number(int index) => double.Parse(fields[index], CultureInfo.InvariantCulture);
        return new BareCommand(fields[0], fields[1], (int)Number(2), Number(3), Number(4));
    }

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Operation}\t{Pattern}\t{Batch}\t{Warmup}\t{Seconds}");

    public byte[][] ReadPictures() =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(Pattern)!, Path.GetFileName(Pattern)).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];
}

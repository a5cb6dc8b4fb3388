namespace Sensorium.Testing.Shared.Models;

/// <summary>Graphs of a few operators, which lie where their maker is.</summary>
public static class SmallGraphs
{
    public static string PathOf(string name) => Path.Combine(SourceTree.Root, "tests", "Sensorium.Onnx.UnitTests", "Graphs", $"{name}.onnx");
}

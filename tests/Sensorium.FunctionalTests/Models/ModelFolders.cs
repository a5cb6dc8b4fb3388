using System.Text.Json.Nodes;
using Sensorium.Testing.Shared.Models;

namespace Sensorium.FunctionalTests.Models;

/// <summary>Model folders made from the bundled pack; deleted with it.</summary>
public sealed class ModelFolders : IDisposable
{
    public string Root { get; } = Directory.CreateTempSubdirectory("sensorium-models-").FullName;

    /// <summary>The bundled pack with some of its encoders, and without its decoder unless that is wanted.</summary>
    public void AddPack(string id, string[] encoders, bool withDecoder)
    {
        var path = Path.Combine(Copy(BundledPack.Folder, id), "pack.json");
        var pack = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        pack["id"] = id;
        var all = pack["encoders"]!.AsObject();
        foreach (var name in all.Select(encoder => encoder.Key).Except(encoders).ToArray())
        {
            all.Remove(name);
        }

        if (!withDecoder)
        {
            pack.Remove("decoder");
        }

        File.WriteAllText(path, pack.ToJsonString());
    }

    /// <summary>The bundled pack written as format 2 has it.</summary>
    /// <param name="grows">With the decoder whose cache grows inside the graph, instead of the one of fixed capacity.</param>
    public void AddPackOfParts(string id, bool grows)
    {
        var path = Path.Combine(Copy(BundledPack.Folder, id), "pack.json");
        var pack = JsonNode.Parse(File.ReadAllText(path))!.AsObject();
        pack["format"] = 2;
        pack["id"] = id;
        var parts = new JsonArray([.. pack["encoders"]!.AsObject().Select(encoder => Part(encoder.Key, null, encoder.Value!.AsObject(), ["model"]))]);
        var decoder = pack["decoder"]!.AsObject();
        if (grows)
        {
            decoder = new JsonObject { ["folder"] = decoder["folder"]!.DeepClone(), ["step"] = decoder["plain"]!.DeepClone(), ["capacity"] = decoder["capacity"]!.DeepClone() };
        }

        parts.Add(Part("generation", grows ? "vision-encoder-decoder" : "fixed-capacity", decoder, ["step", "step_cpu", "cross_kv", "plain"]));
        pack["parts"] = parts;
        pack.Remove("encoders");
        pack.Remove("decoder");
        File.WriteAllText(path, pack.ToJsonString());
    }

    /// <summary>A copy of one folder of the bundled pack, as it is.</summary>
    public void AddPart(string part, string id) => Copy(Path.Combine(BundledPack.Folder, part), id);

    /// <summary>A folder that looks like an export and is none.</summary>
    public void AddBroken(string id)
    {
        var folder = Path.Combine(Root, id);
        Directory.CreateDirectory(Path.Combine(folder, "onnx"));
        File.WriteAllText(Path.Combine(folder, "config.json"), "{ \"model_type\": \"clip\", ");
    }

    /// <summary>The bundled pack where it is.</summary>
    public void AddBundledPack() => Link(BundledPack.Folder);

    /// <summary>The tiny models where they are, beside the bundled pack and some bare graphs.</summary>
    public void AddTinyModels()
    {
        foreach (var folder in Directory.EnumerateDirectories(TinyModels.Models))
        {
            Link(folder);
        }

        AddBundledPack();
        AddGraphs("simple", "simple_string", "picking");
    }

    /// <summary>Graphs without anything beside them; tests/Sensorium.Onnx.UnitTests/Graphs/make_graphs.py says what they compute.</summary>
    public void AddGraphs(params string[] names)
    {
        foreach (var name in names)
        {
            var folder = Directory.CreateDirectory(Path.Combine(Root, name)).FullName;
            File.Copy(SmallGraphs.PathOf(name), Path.Combine(folder, "model.onnx"));
        }
    }

    /// <summary>The tiny model that makes pictures where it is, beside the bundled pack.</summary>
    public void AddTinyPictureModel()
    {
        LinkTinyPictureModel();
        AddBundledPack();
    }

    /// <summary>The tiny model that makes pictures where it is.</summary>
    public void LinkTinyPictureModel() => Link(Path.Combine(TinyModels.Pictures, "tiny-diffusion"));

    /// <summary>The model that makes pictures which the repository brings, where it is.</summary>
    public void AddBundledPictureModel(string id) => Directory.CreateSymbolicLink(Path.Combine(Root, id), BundledPack.PictureModel);

    /// <summary>A copy of it, to be changed.</summary>
    public string AddTinyPictureModel(string id) => Copy(Path.Combine(TinyModels.Pictures, "tiny-diffusion"), id);

    /// <summary>A copy of one of them, to be changed.</summary>
    public string AddTinyModel(string model, string id) => Copy(Path.Combine(TinyModels.Models, model), id);

    /// <summary>Models with published weights where they are, beside the bundled pack.</summary>
    public void AddPublishedModels()
    {
        foreach (var folder in (string[])[PublishedModels.MiniLmFolder, PublishedModels.ArcticFolder, BundledPack.Folder])
        {
            Link(folder);
        }
    }

    public void Dispose() => Directory.Delete(Root, recursive: true);

    private static JsonObject Part(string kind, string? family, JsonObject fields, string[] graphs) => new JsonObject
    {
        ["kind"] = kind,
        ["family"] = family,
        ["folder"] = fields["folder"]!.DeepClone(),
        ["graphs"] = Members(fields.Where(field => graphs.Contains(field.Key))),
        ["options"] = Members(fields.Where(field => field.Key != "folder" && !graphs.Contains(field.Key))),
    };

    private static JsonObject Members(IEnumerable<KeyValuePair<string, JsonNode?>> fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone())));

    private void Link(string folder) => Directory.CreateSymbolicLink(Path.Combine(Root, Path.GetFileName(folder)), folder);

    private string Copy(string source, string id)
    {
        var target = Path.Combine(Root, id);
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }
}

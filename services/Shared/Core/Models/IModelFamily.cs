namespace Sensorium.Core.Models;

/// <summary>Knows which parts an export of its kind has.</summary>
public interface IModelFamily
{
    /// <summary>As a part names it: "clip".</summary>
    string Name { get; }

    /// <summary>The encoders of an export, by its model_type and the graphs that it has; empty if it is of another family.</summary>
    IEnumerable<ExportedPart> PartsOf(ModelExport model);

    /// <summary>The decoder of an export; null if it has none, or is of another family.</summary>
    ExportedDecoder? DecoderOf(ModelExport model) => null;
}

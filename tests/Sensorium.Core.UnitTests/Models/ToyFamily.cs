using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.UnitTests.Models;

internal sealed class ToyFamily : IModelFamily
{
    public string Name => "toy";

    public IEnumerable<ExportedPart> PartsOf(ModelExport model) =>
        model.ModelType == Name && model.HasGraph("model") ? [new ExportedPart(Modality.Text, "model", "text_embeds", 8)] : [];
}

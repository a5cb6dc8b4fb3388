using Sensorium.Core.Encoding;

namespace Sensorium.Gateway.Operations.Indexing;

/// <param name="Create">Make the collection if it is not there.</param>
/// <param name="Model">Of a collection that is made: "id" or "id@revision"; empty for the default.</param>
/// <param name="KeepContent">Keep the bytes of the media.</param>
/// <param name="SkipUnchanged">Do not encode again what is there with the same content and metadata.</param>
/// <param name="Encoding">Everything of the batches but their items and model.</param>
internal sealed record IndexPlan(string Collection, bool Create, string Model, bool KeepContent, bool SkipUnchanged, EncodeBatch Encoding);

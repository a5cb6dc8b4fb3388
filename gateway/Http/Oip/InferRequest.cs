using System.Text.Json;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference;

namespace Sensorium.Gateway.Http.Oip;

/// <param name="Id">Comes back with the answer; null if there is none.</param>
/// <param name="Outputs">Those that are asked for by name.</param>
/// <param name="IsBinary">Outputs that do not say it themselves are bytes behind the JSON of the answer.</param>
internal sealed record InferRequest(string? Id, IReadOnlyList<Tensor> Inputs, IReadOnlyList<WantedOutput> Outputs, InferParameters Parameters, bool IsBinary)
{
    private const string Parameter = "parameters";

    /// <exception cref="SensoriumException">A member is missing, of the wrong type, or cannot be honoured. Unknown members are ignored.</exception>
    public static InferRequest Read(InferBody body)
    {
        var request = body.Json;
        var inputs = request.FindList("inputs") ?? throw BodyErrors.Wrong("inputs", "is missing");
        var parameters = new InferParameters(ParametersOf(request, ""));
        Tensor[] tensors = [.. inputs.Select(input => ReadInput(input.Value, input.Field, body))];
        body.RequireAllTaken();
        return new InferRequest(
            request.FindString("id"),
            tensors,
            [.. (request.FindList("outputs") ?? []).Select(output => ReadOutput(output.Value, output.Field))],
            parameters,
            parameters.FindFlag("binary_data_output"));
    }

    public InferCall ToCall(HttpContext context) => new(
        OipFace.ModelOf(context),
        OipFace.VersionOf(context),
        Inputs,
        [.. Outputs.Select(output => output.Name)],
        Parameters,
        context.TraceIdentifier,
        HttpCall.DeadlineOf(context))
    {
        Classes = TensorParameters.ClassesOf(Outputs.Select(output => (output.Name, output.Parameters))),
    };

    public bool IsBinaryOf(string output) => Outputs.FirstOrDefault(wanted => wanted.Name == output)?.IsBinary ?? IsBinary;

    private static Tensor ReadInput(JsonElement input, string field, InferBody body)
    {
        RequireObject(input, field);
        var (name, written) = (input.RequireName("name", $"{field}."), input.RequireString("datatype", $"{field}."));
        var type = TensorTypes.Find(written)
            ?? throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"{field}.datatype is '{written}', which is none of {string.Join(", ", TensorTypes.Names)}.", $"{field}.datatype");
        var parameters = ParametersOf(input, $"{field}.");
        TensorParameters.Check(name, parameters);
        var own = new InferParameters(parameters);
        var shape = ShapeOf(input, field);
        if (own.FindCount("binary_data_size", 0) is { } size)
        {
            return input.Find("data") is null
                ? new Tensor(name, type, shape, body.Take(size, $"{field}.parameters.binary_data_size"))
                : throw BodyErrors.Wrong($"{field}.data", "is there, and binary_data_size, too");
        }

        var data = input.Find("data") ?? throw BodyErrors.Wrong($"{field}.data", "is missing");
        return new Tensor(name, type, shape, JsonElements.Read(data, type, $"{field}.data", isBase64: own.FindText("content_type") == "base64"));
    }

    private static WantedOutput ReadOutput(JsonElement output, string field)
    {
        RequireObject(output, field);
        var name = output.RequireName("name", $"{field}.");
        var parameters = ParametersOf(output, $"{field}.");
        TensorParameters.Check(name, parameters);
        return new WantedOutput(name, parameters.ContainsKey("binary_data") ? new InferParameters(parameters).FindFlag("binary_data") : null, parameters);
    }

    private static long[] ShapeOf(JsonElement input, string field) =>
        [.. (input.FindList("shape", $"{field}.") ?? throw BodyErrors.Wrong($"{field}.shape", "is missing")).Select(size =>
            size.Value.ValueKind == JsonValueKind.Number && size.Value.TryGetInt64(out var whole) && whole >= 0 ? whole : throw BodyErrors.Wrong(size.Field, "must be a whole number of at least 0"))];

    private static Dictionary<string, object> ParametersOf(JsonElement json, string under) => json.Find(Parameter) switch
    {
        null => [],
        { ValueKind: JsonValueKind.Object } given => given.EnumerateObject().Where(parameter => parameter.Value.ValueKind != JsonValueKind.Null)
            .DistinctBy(parameter => parameter.Name).ToDictionary(parameter => parameter.Name, parameter => ValueOf(parameter.Value, $"{under}{Parameter}.{parameter.Name}")),
        _ => throw BodyErrors.Wrong(under + Parameter, "must be an object"),
    };

    private static object ValueOf(JsonElement value, string field) => value.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => JsonStrings.Read(value, field),
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        _ => throw BodyErrors.Wrong(field, "must be true, false, a number or a string"),
    };

    private static void RequireObject(JsonElement json, string field)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw BodyErrors.Wrong(field, "must be an object");
        }
    }
}

/// <param name="IsBinary">Its bytes go behind the JSON; null leaves that to the request.</param>
internal sealed record WantedOutput(string Name, bool? IsBinary, IReadOnlyDictionary<string, object> Parameters);

using Google.Protobuf;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference;
using Sensorium.Hosting.Grpc.Mapping;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Gateway.Grpc.Inference;

/// <summary>Requests and answers in tensors.</summary>
internal static class InferenceMapping
{
    /// <exception cref="SensoriumException">A tensor or a parameter is not what the protocol says.</exception>
    public static InferCall ToCall(this V2.ModelInferRequest request, ServerCallContext context)
    {
        RequireNoneElsewhere(request);
        return new InferCall(
            request.ModelName,
            request.ModelVersion,
            request.RawInputContents.Count == 0 ? [.. request.Inputs.Select(ReadTyped)] : ReadRaw(request),
            [.. request.Outputs.Select(output => output.Name)],
            new InferParameters(ValuesOf(request.Parameters)),
            RequestIds.OrNew(request.Id),
            context.DeadlineIfAny())
        {
            Classes = TensorParameters.ClassesOf(request.Outputs.Select(output => (output.Name, (IReadOnlyDictionary<string, object>)ValuesOf(output.Parameters)))),
        };
    }

    public static V2.ModelInferResponse ToProto(this InferAnswer answer, string id)
    {
        var response = new V2.ModelInferResponse { ModelName = answer.Model, ModelVersion = answer.Version, Id = id };
        foreach (var output in answer.Outputs)
        {
            response.Outputs.Add(new V2.ModelInferResponse.Types.InferOutputTensor
            {
                Name = output.Name,
                Datatype = TensorTypes.NameOf(output.Type),
                Shape = { output.Shape },
            });
            response.RawOutputContents.Add(UnsafeByteOperations.UnsafeWrap(output.Data));
        }

        return response;
    }

    private static Tensor[] ReadRaw(V2.ModelInferRequest request)
    {
        if (request.Inputs.FirstOrDefault(input => input.Contents is not null) is { } both)
        {
            throw Invalid(both.Name, $"contents field must not be specified when using raw_input_contents for '{both.Name}' for model '{request.ModelName}'");
        }

        return request.RawInputContents.Count == request.Inputs.Count
            ? [.. request.Inputs.Select((input, i) => new Tensor(input.Name, TypeOf(input), [.. input.Shape], request.RawInputContents[i].Memory))]
            : throw Invalid("raw_input_contents", $"There are {request.Inputs.Count} inputs, and {request.RawInputContents.Count} entries of raw_input_contents");
    }

    private static Tensor ReadTyped(V2.ModelInferRequest.Types.InferInputTensor input)
    {
        var type = TypeOf(input);
        return new Tensor(input.Name, type, [.. input.Shape], TensorContents.Read(input.Contents ?? new V2.InferTensorContents(), input.Name, type));
    }

    private static TensorType TypeOf(V2.ModelInferRequest.Types.InferInputTensor input) => TensorTypes.Find(input.Datatype)
        ?? throw Invalid(input.Name, $"Input '{input.Name}' has the datatype '{input.Datatype}', which is none of {string.Join(", ", TensorTypes.Names)}");

    private static void RequireNoneElsewhere(V2.ModelInferRequest request)
    {
        foreach (var (name, parameters) in request.Inputs.Select(input => (input.Name, input.Parameters)).Concat(request.Outputs.Select(output => (output.Name, output.Parameters))))
        {
            TensorParameters.Check(name, ValuesOf(parameters));
        }
    }

    private static Dictionary<string, object> ValuesOf(IEnumerable<KeyValuePair<string, V2.InferParameter>> parameters) => parameters
        .Where(pair => pair.Value.ParameterChoiceCase != V2.InferParameter.ParameterChoiceOneofCase.None)
        .ToDictionary(pair => pair.Key, pair => ValueOf(pair.Value));

    private static object ValueOf(V2.InferParameter parameter) => parameter.ParameterChoiceCase switch
    {
        V2.InferParameter.ParameterChoiceOneofCase.BoolParam => parameter.BoolParam,
        V2.InferParameter.ParameterChoiceOneofCase.Int64Param => parameter.Int64Param,
        V2.InferParameter.ParameterChoiceOneofCase.Uint64Param => parameter.Uint64Param <= long.MaxValue ? (object)(long)parameter.Uint64Param : (double)parameter.Uint64Param,
        V2.InferParameter.ParameterChoiceOneofCase.DoubleParam => parameter.DoubleParam,
        _ => parameter.StringParam,
    };

    private static SensoriumException Invalid(string field, string message) => SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"{message}.", field);
}

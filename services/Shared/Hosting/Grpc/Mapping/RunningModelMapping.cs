using Google.Protobuf.WellKnownTypes;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;

namespace Sensorium.Hosting.Grpc.Mapping;

/// <summary>Models as ModelService lists them.</summary>
internal static class RunningModelMapping
{
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: no model is named.</exception>
    public static string RequireName(string id) => id.Length > 0
        ? id
        : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "id is empty; it names a model.", "id");

    public static V1.ModelInfo ToProto(this ModelOverview model) => new()
    {
        Id = model.Id,
        Aliases = { model.Aliases },
        Family = model.Family,
        License = model.License,
        Languages = { model.Languages },
        SizeBytes = model.SizeBytes,
        IsDefault = model.IsDefault,
        Parts = { model.Parts.Select(ToProto) },
        Reason = model.Reason,
    };

    public static ModelOverview ToDomain(this V1.ModelInfo model, string address) => new(
        model.Id,
        [.. model.Aliases],
        model.Family,
        model.License,
        [.. model.Languages],
        model.SizeBytes,
        model.IsDefault,
        [.. model.Parts.Select(part => part.ToDomain(address))],
        model.Reason);

    public static V1.ModelTask ToProto(this ModelTask task) => (V1.ModelTask)((int)task + 1);

    public static ModelTask ToDomain(this V1.ModelTask task) => (ModelTask)((int)task - 1);

    public static V1.ModelPart ToProto(this ModelPartState part) => new()
    {
        Service = part.Service,
        Address = part.Address,
        Task = part.Task.ToProto(),
        State = (V1.ModelState)((int)part.State + 1),
        Reason = part.Reason,
        Model = part.Model?.ToProto(),
        MemoryBytes = part.MemoryBytes,
        Requests = part.Requests,
    };

    public static V1.ModelServiceCheckResponse ToProto(this ModelCheck check) => new()
    {
        Model = check.Model.ToProto(),
        Checks =
        {
            check.Parts.Select(part => new V1.ModelPartCheck
            {
                Part = part.Part.ToProto(),
                ReadyAfter = Duration.FromTimeSpan(part.ReadyAfter),
                Graphs = { part.Graphs.Select(GraphMapping.ToProto) },
                MissingTensors = { part.MissingTensors },
            }),
        },
    };

    public static ModelCheck ToDomain(this V1.ModelServiceCheckResponse response, string address) => new(
        response.Model.ToDomain(address),
        [.. response.Checks.Select(check => new PartCheck(check.Part.ToDomain(address), check.ReadyAfter.ToTimeSpan())
        {
            Graphs = [.. check.Graphs.Select(GraphMapping.ToDomain)],
            MissingTensors = [.. check.MissingTensors],
        })]);

    /// <param name="address">Of the host that says so.</param>
    public static ModelPartState ToDomain(this V1.ModelPart part, string address) => new(
        part.Service, part.Task.ToDomain(), (ModelState)((int)part.State - 1), part.Reason, part.Model?.ToDomain())
    {
        Address = address,
        MemoryBytes = part.MemoryBytes,
        Requests = part.Requests,
    };
}

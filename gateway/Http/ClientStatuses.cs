using Sensorium.Core.Errors;
using Sensorium.Hosting.Policies.Errors;

namespace Sensorium.Gateway.Http;

/// <summary>HTTP statuses as clients of others' APIs understand them.</summary>
internal static class ClientStatuses
{
    /// <summary>They know a model that is not there by 404, try again after 409, and have no error for 412.</summary>
    public static int Of(SensoriumException failure) => (failure.Reason, HttpStatuses.Of(failure)) switch
    {
        (ErrorReasons.ModelMismatch, _) => StatusCodes.Status404NotFound,
        (_, StatusCodes.Status409Conflict or StatusCodes.Status412PreconditionFailed) => StatusCodes.Status400BadRequest,
        (_, var status) => status,
    };
}

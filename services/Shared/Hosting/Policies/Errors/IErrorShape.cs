using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>How a failure looks to the callers of one face. A face adds its own to the metadata of its endpoints.</summary>
public interface IErrorShape
{
    /// <summary>Writes the whole response; nothing of it has been sent yet.</summary>
    Task WriteAsync(HttpContext context, SensoriumException failure);
}

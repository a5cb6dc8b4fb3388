using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Errors;

public static class ContentTypes
{
    /// <summary>UNSUPPORTED_CONTENT_TYPE: the body is not announced as one that the path reads.</summary>
    public static SensoriumException Refuse(HttpRequest request) => SensoriumException.Invalid(
        ErrorReasons.UnsupportedContentType, $"Content-Type is \"{request.ContentType}\", which is not read at {request.Path}.", "Content-Type");
}

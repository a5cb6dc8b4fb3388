using Microsoft.AspNetCore.Http;

namespace Sensorium.Hosting.Policies.Keys;

/// <summary>Reads what <see cref="ApiKeyMiddleware"/> found.</summary>
internal sealed class Callers(IHttpContextAccessor contexts) : ICallers
{
    public Caller Current => contexts.HttpContext?.Features.Get<Caller>() ?? Caller.Anyone;
}

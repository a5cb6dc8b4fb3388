using System.Globalization;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Errors;

/// <summary>Tells callers over HTTP when to try again.</summary>
public static class RetryAfterHeader
{
    /// <summary>Whole seconds, at least one; nothing for a failure that does not pass by itself.</summary>
    public static void WriteRetryAfter(this HttpResponse response, SensoriumException failure)
    {
        if (failure.RetryAfter is { } delay)
        {
            response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(delay.TotalSeconds)).ToString("F0", CultureInfo.InvariantCulture);
        }
    }
}

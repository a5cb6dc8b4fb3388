using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Explanation.Parts;

/// <summary>What one request may cost.</summary>
internal static class RunLimit
{
    /// <exception cref="SensoriumException">TOO_MANY_PARTS.</exception>
    public static void Check(long runs, int most)
    {
        if (runs > most)
        {
            throw new SensoriumException(
                ErrorCode.InvalidArgument,
                ErrorReasons.TooManyParts,
                $"To weigh so many parts takes {runs} runs of the model; at most {most} are allowed. Divide the medium into fewer parts, or give less of it.")
            {
                Metadata = new Dictionary<string, string> { ["runs"] = $"{runs}", ["limit_runs"] = $"{most}" },
            };
        }
    }
}

using System.Runtime.CompilerServices;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Grpc;

/// <summary>Reads the parts of what is to be taught: a header, then cases.</summary>
internal static class CaseReader
{
    /// <exception cref="SensoriumException">The first message is no header.</exception>
    public static async Task<V1.TeachHeader> ReadHeaderAsync(IAsyncStreamReader<V1.TeachRequest> parts, CancellationToken cancellationToken) =>
        await parts.MoveNext(cancellationToken) && parts.Current.PartCase == V1.TeachRequest.PartOneofCase.Header
            ? parts.Current.Header
            : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "The first message of Teach must carry its header.", "header");

    public static async IAsyncEnumerable<TaughtCaseInput> ReadCasesAsync(
        IAsyncStreamReader<V1.TeachRequest> parts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; await parts.MoveNext(cancellationToken); i++)
        {
            if (parts.Current.PartCase != V1.TeachRequest.PartOneofCase.Case)
            {
                throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "Every message of Teach after the first must carry a case.", "case");
            }

            var taught = parts.Current.Case;
            yield return new TaughtCaseInput(
                (taught.Case ?? new V1.DecisionCase()).ToInput($"cases[{i}]"), taught.Group, new Dictionary<string, string>(taught.Outcomes, StringComparer.Ordinal));
        }
    }
}

namespace Sensorium.Core.Generation.Rules;

/// <summary>Changes what may come next by what has come before.</summary>
internal interface ILogitRule
{
    /// <param name="logits">[vocabulary], of the next token.</param>
    /// <param name="tokens">Start token, prompt and what was produced.</param>
    /// <param name="produced">How many of them were produced.</param>
    void Apply(Span<float> logits, ReadOnlySpan<int> tokens, int produced);
}

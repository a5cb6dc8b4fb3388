namespace Sensorium.Tokenization.Decoders;

internal sealed class SequenceDecoder(ITokenDecoder[] steps) : ITokenDecoder
{
    // Once all is one text, what a step does at the ends of it does not happen within.
    private readonly ITokenDecoder[] _untilFused = [.. steps.TakeWhile(step => step is not FuseDecoder)];

    public List<string> Decode(List<string> tokens) => steps.Aggregate(tokens, (current, step) => step.Decode(current));

    public TokenText DecodeOne(TokenText token) => _untilFused.Aggregate(token, (current, step) => step.DecodeOne(current));
}

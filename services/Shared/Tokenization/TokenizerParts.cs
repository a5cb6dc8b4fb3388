using Sensorium.Core.Tokenization;
using Sensorium.Tokenization.AddedTokens;
using Sensorium.Tokenization.Decoders;
using Sensorium.Tokenization.Json;
using Sensorium.Tokenization.Models;
using Sensorium.Tokenization.Normalizers;
using Sensorium.Tokenization.PostProcessors;
using Sensorium.Tokenization.PreTokenizers;

namespace Sensorium.Tokenization;

/// <summary>The sections of a tokenizer.json, ready for use.</summary>
internal sealed record TokenizerParts
{
    public required AddedVocabulary Added { get; init; }

    public required IPreTokenizer PreTokenizer { get; init; }

    public required ITokenModel Model { get; init; }

    public required IPostProcessor PostProcessor { get; init; }

    public required ITokenDecoder? Decoder { get; init; }

    public required bool TrimsSpaces { get; init; }

    public required Truncation? Truncation { get; init; }

    public required Padding? Padding { get; init; }

    public static TokenizerParts Read(JsonSection root)
    {
        var normalizer = root.Optional("normalizer") is { } section ? NormalizerReader.Read(section) : new SequenceNormalizer([]);
        var preTokenizer = root.Optional("pre_tokenizer");
        var postProcessor = root.Optional("post_processor");
        return new TokenizerParts
        {
            Added = new AddedVocabulary([.. root.Optional("added_tokens")?.Items().Select(AddedToken.Read) ?? []], normalizer),
            PreTokenizer = preTokenizer is { } cuts ? PreTokenizerReader.Read(cuts) : new SequencePreTokenizer([]),
            Model = ModelReader.Read(root.Required("model")),
            PostProcessor = postProcessor is { } frames ? PostProcessorReader.Read(frames) : new SequencePostProcessor([]),
            Decoder = root.Optional("decoder") is { } decoder ? DecoderReader.Read(decoder)
                : preTokenizer is { Type: "ByteLevel" } ? new ByteLevelDecoder() : null,
            TrimsSpaces = postProcessor is { } trims && PostProcessorReader.TrimsSpaces(trims),
            Truncation = root.Optional("truncation") is { } truncation ? LengthReader.ReadTruncation(truncation) : null,
            Padding = root.Optional("padding") is { } padding ? LengthReader.ReadPadding(padding) : null,
        };
    }
}

using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Core.Tokenization;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Tokenization;

namespace Sensorium.Text.Preprocessing;

public static class TextPreprocessing
{
    /// <summary>Raised whenever the output changes for equal parameters.</summary>
    private const int FormatVersion = 1;

    /// <summary>Registers what <see cref="Create(IServiceProvider, ModelPack)"/> needs.</summary>
    public static IHostApplicationBuilder AddTextPreprocessing(this IHostApplicationBuilder builder)
    {
        builder.AddSensoriumMedia();
        return builder;
    }

    /// <summary>Throws <see cref="ModelPackException"/> if the pack's tokenizer.json cannot be followed.</summary>
    public static IMediaPreprocessor Create(IServiceProvider services, ModelPack pack)
    {
        var part = pack.Encoders[Modality.Text];
        if (part.MaxTokens < 3)
        {
            throw new ModelPackException(pack.Folder, [$"'encoders.text.max_tokens' is {part.MaxTokens}, too few for any text"]);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(part.GetFile("tokenizer.json"))));
        var subtitles = services.GetRequiredService<ISubtitleReader>();
        if (part.HasOwnFrame)
        {
            return CreateFramed(TokenizerLoader.LoadFolder(part.Folder), digest, part, pack.Languages, subtitles);
        }

        var tokenizer = TokenizerLoader.Load(part);
        var window = part.PadsTexts ? new TextWindow(tokenizer, part.MaxTokens, PaddingOf(tokenizer, part)) : new TextWindow(tokenizer, part.MaxTokens);
        return Create(window, digest, pack.Languages, subtitles);
    }

    internal static IMediaPreprocessor Create(
        ITokenizer tokenizer, string tokenizerDigest, int maxTokens, IReadOnlyList<string> languages, ISubtitleReader subtitles) =>
        Create(new TextWindow(tokenizer, maxTokens), tokenizerDigest, languages, subtitles);

    private static TextPreprocessor Create(TextWindow window, string tokenizerDigest, IReadOnlyList<string> languages, ISubtitleReader subtitles) =>
        new(window, new LanguageCheck(languages), subtitles, new { FormatVersion, Tokenizer = tokenizerDigest, window.MaxTokens });

    private static TextPreprocessor CreateFramed(
        IModelTokenizer tokenizer, string tokenizerDigest, EncoderPart part, IReadOnlyList<string> languages, ISubtitleReader subtitles)
    {
        var prompts = part.Prompts.OrderBy(prompt => prompt.Key, StringComparer.Ordinal).Select(prompt => $"{prompt.Key}={prompt.Value}");
        var parameters = new { FormatVersion, Tokenizer = tokenizerDigest, part.MaxTokens, Framed = true, Prompts = prompts.ToArray(), Pooling = part.Pooling.ToString() };
        return new TextPreprocessor(new FramedWindow(tokenizer, part), new LanguageCheck(languages), subtitles, parameters);
    }

    private static Padding PaddingOf(Tokenizer tokenizer, EncoderPart part) => tokenizer.PadTokenId is { } id
        ? new Padding(part.MaxTokens, id)
        : throw new ModelPackException(part.Folder, ["tokenizer_config.json names no pad_token, but the model's texts are filled up"]);
}

using Sensorium.Cli.Output;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands;

/// <summary>Turns what was typed into media: a path, an https: or data: URI, or text: followed by words.</summary>
internal static class MediaArguments
{
    public const string Help = "a path, an https: or data: URI, or text:WORDS";
    private const string TextPrefix = "text:";
    private const int LongestId = 60;

    /// <summary>What names a medium in answers: the beginning of what was typed. The gateway takes names, and no texts, for names.</summary>
    public static string IdOf(string argument) => argument.Length <= LongestId
        ? argument
        : $"{argument[..(char.IsHighSurrogate(argument[LongestId - 1]) ? LongestId - 1 : LongestId)]}…";

    public static async Task<Media> OpenAsync(
        string argument, SensoriumClient client, CliConsole console, CancellationToken cancellationToken)
    {
        if (argument.StartsWith(TextPrefix, StringComparison.Ordinal))
        {
            return new Media { ItemId = IdOf(argument), Text = argument[TextPrefix.Length..] };
        }

        if (argument.StartsWith("https:", StringComparison.Ordinal) || argument.StartsWith("data:", StringComparison.Ordinal))
        {
            return new Media { ItemId = IdOf(argument), Uri = argument };
        }

        if (!File.Exists(argument))
        {
            throw new FileNotFoundException($"{argument}: no such file (a medium is {Help})");
        }

        return new FileInfo(argument).Length <= client.InlineLimitBytes
            ? await client.OpenFileAsync(argument, cancellationToken: cancellationToken)
            : await UploadBar.ShowAsync(
                console, Path.GetFileName(argument), progress => client.OpenFileAsync(argument, progress, cancellationToken));
    }
}

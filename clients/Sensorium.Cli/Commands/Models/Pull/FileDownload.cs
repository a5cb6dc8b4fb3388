using System.Globalization;
using System.Net;
using System.Security.Cryptography;

namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>One file: goes on where an earlier attempt ended, and is checked before it counts.</summary>
internal sealed class FileDownload(string path, string target, Action<long, long?> progress, LinkedFile linked)
{
    private const int Attempts = 5;
    private const int BufferBytes = 1 << 20;

    private readonly string _part = target + ".part";

    /// <param name="get">Asks for the file from an offset on.</param>
    /// <returns>Its SHA-256.</returns>
    public async Task<string> RunAsync(Func<long, CancellationToken, Task<HttpResponseMessage>> get, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            if (await TryAsync(get, cancellationToken) is not { } fault)
            {
                break;
            }

            if (attempt == Attempts)
            {
                throw new PullException($"'{path}' broke off {Attempts} times: {fault}; what came is kept, run the command again to go on");
            }
        }

        var digest = await HashAsync(cancellationToken);
        if (linked.Sha256 is { } expected && digest != expected)
        {
            File.Delete(_part);
            throw new PullException($"'{path}' has SHA-256 {digest}, but the source says {expected}; it was thrown away");
        }

        File.Move(_part, target, overwrite: true);
        return digest;
    }

    // A host that does not answer, or ends the connection, may do better the next time; one that says no will not.
    private async Task<string?> TryAsync(Func<long, CancellationToken, Task<HttpResponseMessage>> get, CancellationToken cancellationToken)
    {
        try
        {
            return await TryReadAsync(get, cancellationToken);
        }
        catch (PullException error) when (error.InnerException is HttpRequestException)
        {
            return error.Message;
        }
    }

    /// <summary>Null if the whole file is there, else why not.</summary>
    private async Task<string?> TryReadAsync(Func<long, CancellationToken, Task<HttpResponseMessage>> get, CancellationToken cancellationToken)
    {
        var have = File.Exists(_part) ? new FileInfo(_part).Length : 0;
        using var response = await get(have, cancellationToken);
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            // Nothing is behind what is there: it is whole, or of another file.
            if (linked.Size == have)
            {
                return null;
            }

            File.Delete(_part);
            return "the part that was there is not of this file";
        }

        var start = response.StatusCode == HttpStatusCode.PartialContent ? have : 0;
        var size = linked.Size ?? start + response.Content.Headers.ContentLength;
        var (written, isEnd) = await AppendAsync(response, start, size, cancellationToken);
        return isEnd && (size is null || written == size) ? null : $"{written} of {size?.ToString(CultureInfo.InvariantCulture) ?? "?"} bytes came";
    }

    private async Task<(long Written, bool IsEnd)> AppendAsync(HttpResponseMessage response, long start, long? size, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(_part, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None, 0);
        if (file.Length > start)
        {
            file.SetLength(start);
        }

        file.Position = start;
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[BufferBytes];
        int read;
        while ((read = await ReadAsync(body, buffer, cancellationToken)) > 0)
        {
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            progress(file.Position, size);
        }

        return (file.Position, read == 0);
    }

    // Below 0 where the connection breaks off: what is missing is asked for again.
    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception error) when (error is HttpRequestException or IOException)
        {
            return -1;
        }
    }

    private async Task<string> HashAsync(CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(_part);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellationToken));
    }
}

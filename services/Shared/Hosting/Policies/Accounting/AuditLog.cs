using System.Text.Json;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Sensorium.Hosting.Settings;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>
/// Appends records to the audit file, beside the calls. The file is opened anew for each piece, so that it may be moved away; where the
/// disk does not keep up, calls end later rather than without a record.
/// </summary>
internal sealed partial class AuditLog(IOptions<AuditOptions> options, ILogger<AuditLog> logger) : IHostedService
{
    private const int MostWaiting = 4096;

    private static readonly FileStreamOptions Appending = new()
    {
        Mode = FileMode.Append,
        Access = FileAccess.Write,
        Share = FileShare.ReadWrite | FileShare.Delete,
    };

    private readonly string _path = options.Value.Path;
    private readonly Channel<byte[]> _lines = Channel.CreateBounded<byte[]>(MostWaiting);
    private Task _writing = Task.CompletedTask;

    public bool IsOn => _path.Length > 0;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _writing = IsOn ? Task.Run(WriteAllAsync, CancellationToken.None) : Task.CompletedTask;
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _lines.Writer.TryComplete();
        await _writing.WaitAsync(cancellationToken);
    }

    public async ValueTask WriteAsync(AuditRecord record)
    {
        byte[] line = [.. JsonSerializer.SerializeToUtf8Bytes(record, AuditJson.Default.AuditRecord), (byte)'\n'];
        while (!_lines.Writer.TryWrite(line))
        {
            if (!await _lines.Writer.WaitToWriteAsync())
            {
                // A call that was cut off when the host had stopped.
                Append([line]);
                return;
            }
        }
    }

    private async Task WriteAllAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            var lines = new List<byte[]>();
            while (lines.Count < MostWaiting && _lines.Reader.TryRead(out var line))
            {
                lines.Add(line);
            }

            Append([.. lines]);
        }
    }

    // Each piece in one write, so that lines of several processes do not mix.
    private void Append(byte[][] lines)
    {
        try
        {
            using var file = new FileStream(_path, Appending);
            file.Write([.. lines.SelectMany(line => line)]);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            LogLost(error, lines.Length, _path);
        }
    }

    [LoggerMessage(5040, LogLevel.Error, "{Count} records could not be written to {Path} and are lost")]
    private partial void LogLost(Exception error, int count, string path);
}

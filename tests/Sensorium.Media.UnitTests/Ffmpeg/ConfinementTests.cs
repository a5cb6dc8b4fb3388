using System.Runtime.Versioning;
using Sensorium.Media.Ffmpeg;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

/// <summary>What a program could do that a medium has taken over, in the place of ffmpeg: each test tries one way out.</summary>
[SupportedOSPlatform("linux")]
public sealed class ConfinementTests : IDisposable
{
    private const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
        | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-confinement-");

    // Other users may not go through the folder of a test by itself, and ffmpeg would be left as it is.
    public ConfinementTests() => _folder.UnixFileMode = ForAll;

    [Fact]
    public async Task It_learns_no_key_from_its_environment()
    {
        Environment.SetEnvironmentVariable("SENSORIUM_CONFINEMENT", "a-key-of-this-process");

        var names = (await TryAsync("env")).Split('\n').Select(line => line.Split('=')[0]).Where(name => name.Length > 0);

        // The shell that plays ffmpeg sets its own.
        Assert.Empty(names.Except(["PATH", "LD_LIBRARY_PATH", "PWD", "OLDPWD", "SHLVL", "_"]));
    }

    [Fact]
    public async Task It_writes_no_file()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetFileName(_folder.FullName) + ".written");

        await TryAsync($"(echo something > {file})");

        Assert.True(!File.Exists(file) || new FileInfo(file).Length == 0);
        File.Delete(file);
    }

    [Fact]
    public async Task It_gains_no_rights() => Assert.Contains("NoNewPrivs:\t1", await TryAsync("cat /proc/self/status"), StringComparison.Ordinal);

    [Fact]
    public async Task It_opens_few_files() => Assert.Equal("256", (await TryAsync("ulimit -n")).Trim());

    [Fact]
    public async Task It_is_not_root_and_keeps_no_capability()
    {
        SkipUnlessRoot();

        var status = await TryAsync("cat /proc/self/status");

        Assert.Contains("Uid:\t65534\t65534\t65534\t65534", status, StringComparison.Ordinal);
        Assert.Contains("Gid:\t65534\t65534\t65534\t65534", status, StringComparison.Ordinal);
        Assert.All(["CapPrm", "CapEff", "CapBnd", "CapInh"], set => Assert.Contains($"{set}:\t0000000000000000", status, StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_reads_neither_files_nor_memory_of_its_service_and_does_not_end_it()
    {
        SkipUnlessRoot();
        var secret = Path.Combine(_folder.FullName, "secret");
        await File.WriteAllTextAsync(secret, "secret", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(secret, UnixFileMode.UserRead | UnixFileMode.UserWrite);

        var answer = await TryAsync(
            $"cat {secret}; cat /proc/$PPID/environ; head -c 1 /proc/$PPID/mem; ls {Store()}/sensorium-media-*; kill -0 $PPID && echo could-end; echo tried");

        Assert.Equal("tried", answer.Trim());
    }

    [Fact]
    public async Task It_reads_what_it_is_told_to()
    {
        var answer = await TryAsync("cat \"$1\"", async services =>
        {
            var file = await MediaFile.OpenAsync(MediaServices.Bytes("medium"u8.ToArray()), services.Get<Media.Sources.StoreFolder>(), CancellationToken.None);
            return $"\"{file.Path}\"";
        });

        Assert.Equal("medium", answer);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static void SkipUnlessRoot() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "Another user is become by root alone.");

    private string Store() => Path.Combine(_folder.FullName, "store");

    private async Task<string> TryAsync(string script, Func<MediaServices, Task<string>>? argument = null)
    {
        var program = Path.Combine(_folder.FullName, "ffmpeg");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\n{script}\nexit 0\n", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(program, ForAll);
        Directory.CreateDirectory(Store(), ForAll);
        using var services = new MediaServices(builder =>
        {
            builder.Configuration["Sensorium:Media:Ffmpeg:BinaryFolder"] = _folder.FullName;
            builder.Configuration["Sensorium:Media:Store:Directory"] = Store();
        });
        var arguments = argument is null ? "" : await argument(services);
        await using var process = await services.Get<FfmpegRunner>().StartFfmpegAsync(arguments, TestContext.Current.CancellationToken);
        var answer = await process.ReadTextAsync(1 << 20);
        Assert.Null(await process.FinishAsync());
        return answer;
    }
}

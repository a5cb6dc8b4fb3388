using Microsoft.Extensions.Time.Testing;
using Sensorium.Hosting.Files;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Certificates;

public sealed class ChangingFilesTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-files");
    private readonly FakeTimeProvider _time = new();

    /// <summary>As the kubelet does it: "key" leads to "..data/key", "..data" to a folder, and a new folder takes its place.</summary>
    [Fact]
    public void A_secret_that_is_mounted_and_replaced_is_read_again()
    {
        Mount("first");
        File.CreateSymbolicLink(PathOf("key"), "..data/key");
        var value = Create("key");
        Assert.Equal("first", value.Current);

        Mount("second");
        _time.Advance(Look);

        Assert.Equal("second", value.Current);
    }

    [Fact]
    public void Files_are_not_looked_at_more_often_than_once_a_second()
    {
        Write("key", "a");
        var value = Create("key");
        Write("key", "bb");

        _time.Advance(Look / 2);
        Assert.Equal("a", value.Current);
        _time.Advance(Look / 2);
        Assert.Equal("bb", value.Current);
    }

    [Fact]
    public void What_cannot_be_read_leaves_what_was_before_and_is_told_once()
    {
        Write("key", "a");
        var faults = new List<Exception>();
        var value = Create("key", faults);

        File.Delete(PathOf("key"));
        for (var i = 0; i < 3; i++)
        {
            _time.Advance(Look);
            Assert.Equal("a", value.Current);
        }

        Assert.Single(faults);
        Write("key", "bb");
        _time.Advance(Look);
        Assert.Equal("bb", value.Current);
    }

    [Fact]
    public void At_first_there_must_be_a_value() => Assert.Throws<FileNotFoundException>(() => Create("nothing"));

    public void Dispose() => _folder.Delete(recursive: true);

    private ChangingFiles<string> Create(string name, List<Exception>? faults = null) =>
        new([PathOf(name)], () => File.ReadAllText(PathOf(name)), _time) { Unreadable = error => faults?.Add(error) };

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private void Write(string name, string text) => File.WriteAllText(PathOf(name), text);

    private void Mount(string text)
    {
        var version = $"..{text}";
        _folder.CreateSubdirectory(version);
        Write($"{version}/key", text);
        if (Directory.Exists(PathOf("..data")))
        {
            Directory.Delete(PathOf("..data"));
        }

        Directory.CreateSymbolicLink(PathOf("..data"), version);
    }
}

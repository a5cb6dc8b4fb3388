using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Sessions;

public sealed class FileSearchTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    /// <summary>Also across the border of what is read at once, 64 KiB and what is kept of the part before.</summary>
    [Fact]
    public void A_word_is_found_wherever_it_stands_and_none_that_is_not_there()
    {
        var there = "GroupQueryAttention"u8.ToArray();
        int[] places = [0, 1, 200_000 - there.Length, .. Enumerable.Range(65_500, 80), .. Enumerable.Range(131_000, 100)];
        Assert.All(places, place =>
        {
            var bytes = new byte[200_000];
            there.CopyTo(bytes, place);
            File.WriteAllBytes(_path, bytes);

            Assert.Equal([false, true, true], FileSearch.Contains(_path, "DynamicQuantize"u8.ToArray(), there, there[..3]));
        });
    }

    [Fact]
    public void An_empty_file_has_no_words()
    {
        Assert.Equal([false], FileSearch.Contains(_path, "a"u8.ToArray()));
    }

    public void Dispose() => File.Delete(_path);
}

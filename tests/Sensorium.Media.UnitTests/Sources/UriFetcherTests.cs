using System.Net;
using System.Net.Sockets;
using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Media.UnitTests.Sources;

/// <summary>Servers are bare sockets on ports of this machine, which the tests that need them allow.</summary>
public sealed class UriFetcherTests
{
    [Theory]
    [InlineData("data:image/png;base64,AQID", "image/png", new byte[] { 1, 2, 3 })]
    [InlineData("data:,a%20b", null, new byte[] { (byte)'a', (byte)' ', (byte)'b' })]
    [InlineData("DATA:text/plain;charset=utf-8,%C3%A9", "text/plain;charset=utf-8", new byte[] { 0xC3, 0xA9 })]
    [InlineData("data:;base64,AQI=", null, new byte[] { 1, 2 })]
    [InlineData("data:;base64,AQ%3D%3D", null, new byte[] { 1 })]
    [InlineData("data:;base64,-_8=", null, new byte[] { 0xFB, 0xFF })]
    [InlineData("data:;base64,AQ ID", null, new byte[] { 1, 2, 3 })]
    public async Task Data_uris_are_read(string uri, string? mediaType, byte[] data)
    {
        using var services = new MediaServices();

        var fetched = await FetchAsync(services, uri);

        Assert.Equal(mediaType, fetched.MediaType);
        Assert.Equal(data, Assert.IsType<InlineSource>(fetched.Source).Data.ToArray());
    }

    [Fact]
    public void The_data_of_a_uri_are_in_memory_once()
    {
        const int Length = 3 << 20;
        var uri = "data:image/png;base64," + Convert.ToBase64String(new byte[Length]);

        var before = GC.GetAllocatedBytesForCurrentThread();
        var (data, _) = DataUri.Parse(uri, Length);

        Assert.Equal(Length, data.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, Length, Length + 4096);
    }

    [Theory]
    [InlineData("data:image/png;base64", ErrorReasons.InvalidUri)]
    [InlineData("data:image/png;base64,!!!", ErrorReasons.InvalidUri)]
    [InlineData("data:image/png;base64,=", ErrorReasons.InvalidUri)]
    [InlineData("data:image/png;base64,AQ=D", ErrorReasons.InvalidUri)]
    [InlineData("data:,", ErrorReasons.EmptyMedia)]
    [InlineData("nonsense", ErrorReasons.InvalidUri)]
    [InlineData("https://user:secret@example.com/", ErrorReasons.InvalidUri)]
    [InlineData("http://example.com/", ErrorReasons.UriNotAllowed)]
    [InlineData("file:///etc/passwd", ErrorReasons.UriNotAllowed)]
    [InlineData("ftp://example.com/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://127.0.0.1/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://[::1]/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://2130706433/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://0177.0.0.1/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://0x7f.0x0.0x0.0x1/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://0x7f000001/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://127.1/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://[::ffff:127.0.0.1]/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://[::ffff:a9fe:a9fe]/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://[64:ff9b::169.254.169.254]/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://[fe80::1%25lo]/", ErrorReasons.UriNotAllowed)]
    [InlineData("gopher://127.0.0.1:6379/_FLUSHALL", ErrorReasons.UriNotAllowed)]
    [InlineData("unix:///run/redis.sock", ErrorReasons.UriNotAllowed)]
    [InlineData("https:///etc/passwd", ErrorReasons.InvalidUri)]
    [InlineData("//127.0.0.1/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://localhost/", ErrorReasons.UriNotAllowed)]
    [InlineData("https://169.254.169.254/latest/meta-data", ErrorReasons.UriNotAllowed)]
    public async Task What_must_not_be_fetched_is_refused(string uri, string reason)
    {
        using var services = new MediaServices();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, uri));

        Assert.Equal(reason, error.Reason);
    }

    [Fact]
    public async Task A_private_address_is_never_connected_to()
    {
        using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi");
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Uris:AllowHttp"] = "true");

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, server.Address));

        Assert.Equal(ErrorReasons.UriNotAllowed, error.Reason);
        Assert.Equal(0, server.Connections);
    }

    [Fact]
    public async Task A_small_body_travels_inline_with_its_type()
    {
        using var server = new Server("HTTP/1.1 200 OK\r\nContent-Type: image/png; x=y\r\nContent-Length: 2\r\n\r\nhi");
        using var services = Allowing();

        var fetched = await FetchAsync(services, server.Address);

        Assert.Equal("image/png", fetched.MediaType);
        Assert.Equal("hi"u8.ToArray(), Assert.IsType<InlineSource>(fetched.Source).Data.ToArray());
    }

    [Fact]
    public async Task A_large_body_goes_to_the_store()
    {
        var body = new string('x', 5000);
        using var server = new Server($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{body}");
        using var services = Allowing(("Sensorium:Media:Store:InlineBytes", "1000"));

        var reference = Assert.IsType<ReferenceSource>((await FetchAsync(services, server.Address)).Source);

        await using var content = services.Get<IMediaStore>().TryOpen(reference.Sha256);
        Assert.Equal(body, await File.ReadAllTextAsync(content!.FilePath!, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("Content-Length: 2001\r\n")]
    [InlineData("Connection: close\r\n")]
    public async Task A_body_over_the_limit_is_refused(string header)
    {
        using var server = new Server($"HTTP/1.1 200 OK\r\n{header}\r\n{new string('x', 2001)}");
        using var services = Allowing(("Sensorium:Media:Store:InlineBytes", "1000"), ("Sensorium:Media:Store:MaxMediaBytes", "2000"));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, server.Address));

        Assert.Equal(ErrorReasons.MediaTooLarge, error.Reason);
    }

    [Theory]
    [InlineData("https://169.254.169.254/")]
    [InlineData("file:///etc/passwd")]
    public async Task A_redirect_is_checked_like_the_first_address(string location)
    {
        using var server = new Server($"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n");
        using var services = Allowing();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, server.Address));

        Assert.Equal(ErrorReasons.UriNotAllowed, error.Reason);
    }

    [Fact]
    public async Task Redirects_without_end_are_given_up()
    {
        using var server = new Server("HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        using var services = Allowing();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, server.Address));

        Assert.Equal(ErrorReasons.UriFetchFailed, error.Reason);
        Assert.Equal(6, server.Connections);
    }

    [Theory]
    [InlineData("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", "404")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\ncut off", "fetched")]
    public async Task Failures_of_the_server_are_told(string answer, string named)
    {
        using var server = new Server(answer);
        using var services = Allowing();

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, server.Address));

        Assert.Equal(ErrorReasons.UriFetchFailed, error.Reason);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_host_that_is_not_on_the_list_is_refused()
    {
        using var services = Allowing(("Sensorium:Media:Uris:AllowedHosts:0", ".example.com"));

        var error = await Assert.ThrowsAsync<SensoriumException>(() => FetchAsync(services, "https://example.org/"));

        Assert.Equal(ErrorReasons.UriNotAllowed, error.Reason);
        Assert.Contains("example.org", error.Message, StringComparison.Ordinal);
    }

    private static Task<FetchedMedia> FetchAsync(MediaServices services, string uri) =>
        services.Get<IUriFetcher>().FetchAsync(uri, TestContext.Current.CancellationToken);

    private static MediaServices Allowing(params (string Key, string Value)[] settings) => new(builder =>
    {
        builder.Configuration["Sensorium:Media:Uris:AllowHttp"] = "true";
        builder.Configuration["Sensorium:Media:Uris:AllowedPrivateNetworks:0"] = "127.0.0.1";
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }
    });

    /// <summary>Gives every connection the same answer.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;
        private int _connections;

        public Server(string answer)
        {
            _answer = Encoding.ASCII.GetBytes(answer);
            _listener.Start();
            _ = ServeAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/picture";

        public int Connections => _connections;

        public void Dispose() => _listener.Dispose();

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                    var stream = client.GetStream();
                    await stream.ReadAtLeastAsync(new byte[4096], 4, throwOnEndOfStream: false);
                    await stream.WriteAsync(_answer);
                    client.Client.Shutdown(SocketShutdown.Send);
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                // The test is over.
            }
        }
    }
}

using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Load;

namespace Sensorium.Bench.Faces;

/// <summary>Calls over HTTP/1.1, whose connections are kept and used again, as clients of these APIs do.</summary>
internal sealed class HttpFace(string address) : IDisposable
{
    // Without escapes that JSON does not ask for, as the "+" of base64.
    private static readonly JsonSerializerOptions AsClientsWrite = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly HttpClient _http = new() { BaseAddress = new Uri(address) };

    /// <summary>A call that is answered at once.</summary>
    public Func<int, Task<CallOutcome>> Asking(string path, JsonNode body)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(AsClientsWrite));
        return async _ =>
        {
            using var response = await _http.PostAsync(new Uri(path, UriKind.Relative), ContentOf(bytes));
            await response.Content.CopyToAsync(Stream.Null);
            return response.IsSuccessStatusCode ? new CallOutcome(1) : new CallOutcome(0, Error: response.StatusCode.ToString());
        };
    }

    /// <summary>A call that is answered line by line.</summary>
    /// <param name="token">What the first line with a token holds, before the text itself.</param>
    public Func<int, Task<CallOutcome>> Streaming(string path, JsonNode body, string token)
    {
        var bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString(AsClientsWrite));
        return async _ =>
        {
            var clock = Stopwatch.StartNew();
            using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = ContentOf(bytes) };
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            if (!response.IsSuccessStatusCode)
            {
                return new CallOutcome(0, Error: response.StatusCode.ToString());
            }

            double? first = null;
            using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
            while (await lines.ReadLineAsync() is { } line)
            {
                first ??= line.Contains(token, StringComparison.Ordinal) ? clock.Elapsed.TotalMilliseconds : null;
            }

            return first is null ? new CallOutcome(0, Error: "no token") : new CallOutcome(1, FirstTokenMs: first);
        };
    }

    public void Dispose() => _http.Dispose();

    private static ByteArrayContent ContentOf(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}

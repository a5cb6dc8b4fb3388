using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Sensorium.Cli.Commands.Models.Pull;

/// <summary>A model hub, or a mirror of one, over its HTTP routes.</summary>
internal sealed class HubSource(HttpClient http, Uri hub, string id, string revision, string token) : IModelSource
{
    private const int MostRedirects = 5;

    public string Name => $"{hub.AbsoluteUri.TrimEnd('/')}/{id}";

    public async Task<SourceListing> ListAsync(CancellationToken cancellationToken)
    {
        using var response = await GetAsync(At($"api/models/{id}/revision/{Uri.EscapeDataString(revision)}"), null, null, cancellationToken);
        try
        {
            await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellationToken);
            var files = json.RootElement.GetProperty("siblings").EnumerateArray().Select(file => file.GetProperty("rfilename").GetString()!);
            return new SourceListing(json.RootElement.GetProperty("sha").GetString()!, [.. files.Order(StringComparer.Ordinal)]);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new PullException($"{Name} does not answer as a model hub does: {error.Message}", error);
        }
    }

    public Task<string> FetchAsync(string revision, string path, string target, Action<long, long?> progress, CancellationToken cancellationToken)
    {
        var address = At($"{id}/resolve/{Uri.EscapeDataString(revision)}/{string.Join('/', path.Split('/').Select(Uri.EscapeDataString))}");
        var linked = new LinkedFile();
        return new FileDownload(path, target, progress, linked).RunAsync(
            (from, token) => GetAsync(address, from, linked, token), cancellationToken);
    }

    /// <summary>Follows redirections itself: the first answer says what the file is, and a key is for the hub alone.</summary>
    private async Task<HttpResponseMessage> GetAsync(Uri address, long? from, LinkedFile? linked, CancellationToken cancellationToken)
    {
        for (var redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, address);
            request.Headers.Range = from > 0 ? new RangeHeaderValue(from, null) : null;
            if (token.Length > 0 && address.Authority == hub.Authority)
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
            }

            var response = await SendAsync(request, cancellationToken);
            linked?.Read(response.Headers);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
            {
                return Checked(response, address);
            }

            address = new Uri(address, location);
            response.Dispose();
        }

        throw new PullException($"{address.Authority} redirects more than {MostRedirects} times");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        }
        catch (HttpRequestException error)
        {
            throw new PullException($"{request.RequestUri!.Authority} does not answer: {error.Message}", error);
        }
    }

    private HttpResponseMessage Checked(HttpResponseMessage response, Uri address)
    {
        if (response.IsSuccessStatusCode || response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            return response;
        }

        var status = (int)response.StatusCode;
        response.Dispose();
        throw new PullException(status switch
        {
            401 or 403 => $"{address.Authority} refuses '{id}' ({status}): it needs a token that may read it; give one with --token or $HF_TOKEN",
            404 => $"{address.Authority} has no '{address.AbsolutePath}' (404): check the id and --revision",
            429 => $"{address.Authority} asks to wait (429); try again later",
            _ => $"{address.Authority} answers {status} for '{address.AbsolutePath}'",
        });
    }

    private Uri At(string path) => new($"{hub.AbsoluteUri.TrimEnd('/')}/{path}");
}

using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using ModelContextProtocol.Server;
using Sensorium.Gateway.Http.Faces;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

/// <summary>docs/faces.md and /openapi.json say what is mapped. With SENSORIUM_WRITE_PAGES set, the page is written anew.</summary>
public sealed class FacePageTests : IDisposable
{
    private const string Mark = "<!-- What follows is written by FacePageTests. -->";

    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task The_page_tells_every_endpoint_and_field()
    {
        await using var host = await FaceHost.StartAsync(_gateway);
        var path = Path.Combine(Root(), "docs", "faces.md");
        var page = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        var expected = page[..(page.IndexOf(Mark, StringComparison.Ordinal) + Mark.Length)] + "\n" + Write(host.Endpoints) + Write(host.Tools) + Write(host.Resources);

        if (Environment.GetEnvironmentVariable("SENSORIUM_WRITE_PAGES") is not null)
        {
            await File.WriteAllTextAsync(path, expected, TestContext.Current.CancellationToken);
        }

        Assert.Equal(expected, await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_document_for_programs_has_every_endpoint_and_field()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        var document = await host.GetAsync("/openapi.json");

        Assert.StartsWith("3.1", document.GetProperty("openapi").GetString(), StringComparison.Ordinal);
        var told = host.Endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<FaceEndpoint>() is not null).ToArray();
        Assert.True(told.Length > 20);
        foreach (var endpoint in told)
        {
            var operation = document.GetProperty("paths").GetProperty(OpenApiDocument.PathOf(endpoint)).GetProperty(OpenApiDocument.MethodsOf(endpoint)[0].ToLowerInvariant());
            var face = endpoint.Metadata.GetMetadata<FaceEndpoint>()!;
            Assert.Equal(face.Summary, operation.GetProperty("summary").GetString());
            var fields = face.Fields.Count == 0
                ? []
                : operation.GetProperty("requestBody").GetProperty("content").GetProperty(face.RequestType).GetProperty("schema").GetProperty("properties").EnumerateObject().Select(field => field.Name);
            Assert.Equal(face.Fields.Select(field => field.Name), fields);
        }
    }

    [Fact]
    public async Task What_is_served_can_be_kept_to_oneself()
    {
        await using var host = await FaceHost.StartAsync(_gateway, ("Sensorium:Playground:Reference", "false"), ("Sensorium:Playground:Enabled", "false"));

        foreach (var page in new[] { "/openapi.json", "/reference", "/" })
        {
            using var response = await host.Http.GetAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task People_can_read_it()
    {
        await using var host = await FaceHost.StartAsync(_gateway);

        Assert.Contains("openapi.json", await host.Http.GetStringAsync(new Uri("/reference/", UriKind.Relative), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static string Write(IEnumerable<Microsoft.AspNetCore.Routing.RouteEndpoint> endpoints)
    {
        var page = new StringBuilder();
        var told = endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<FaceEndpoint>() is not null).GroupBy(endpoint => endpoint.Metadata.GetMetadata<FaceEndpoint>()!).ToArray();
        foreach (var face in told.GroupBy(group => group.Key.Face))
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## {face.Key}\n");
            foreach (var endpoint in face)
            {
                var paths = endpoint.Select(route => $"`{string.Join(", ", OpenApiDocument.MethodsOf(route))} {OpenApiDocument.PathOf(route)}`");
                page.Append(CultureInfo.InvariantCulture, $"\n### {string.Join(" · ", paths)}\n\n{endpoint.Key.Summary}\n{Table(endpoint.Key)}");
            }
        }

        return page.ToString();
    }

    private static string Write(IEnumerable<McpServerTool> tools)
    {
        var rows = tools.Select(tool => tool.ProtocolTool).OrderBy(tool => tool.Name, StringComparer.Ordinal)
            .Select(tool => $"| `{tool.Name}` | {tool.Description} | {string.Join(", ", tool.InputSchema.GetProperty("properties").EnumerateObject().Select(argument => $"`{argument.Name}`"))} |");
        return $"\n## Model Context Protocol\n\n### `POST /mcp`\n\nTools for agents, over streamable HTTP without sessions.\n\n| tool | what | arguments |\n|---|---|---|\n{string.Join('\n', rows)}\n";
    }

    private static string Write(IEnumerable<McpServerResource> resources)
    {
        var rows = resources.Select(resource => resource.ProtocolResourceTemplate).OrderBy(template => template.UriTemplate, StringComparer.Ordinal)
            .Select(template => $"| `{template.UriTemplate}` | {template.Description} |");
        return $"\n`resources/list` names each collection. What can be read:\n\n| resource | what |\n|---|---|\n{string.Join('\n', rows)}\n";
    }

    private static string Table(FaceEndpoint endpoint)
    {
        if (endpoint.Fields.Count == 0)
        {
            return "";
        }

        var rows = endpoint.Fields.Select(field => field.Neutral is null
            ? $"| `{field.Name}` | {field.Meaning} |"
            : $"| `{field.Name}` | refused{Except(field.Neutral)}: {field.Meaning} |");
        return $"\n| field | what |\n|---|---|\n{string.Join('\n', rows)}\n";
    }

    private static string Except(IReadOnlyList<string> neutral) =>
        neutral.Count == 0 ? "" : $", unless it is {string.Join(" or ", neutral.Select(value => $"`{value}`"))}";

    private static string Root([CallerFilePath] string file = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, "..", "..", ".."));
}

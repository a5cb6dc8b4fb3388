using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http;

/// <summary>Reads a body as multipart/form-data with one file. How large it may be is a policy of all endpoints.</summary>
internal static class FormReader
{
    private const int MaxFields = 64;
    private const int MaxBoundary = 200;
    private const string File = "file";
    private const string Several = "[]";

    /// <param name="request">Of the call.</param>
    /// <param name="file">Name of the field that is a file.</param>
    /// <exception cref="SensoriumException">It is no such form, or has too many fields.</exception>
    public static async Task<ReceivedForm> ReadAsync(HttpRequest request, string file = File)
    {
        var reader = new MultipartReader(BoundaryOf(request), request.Body);
        try
        {
            return await ReadAsync(reader, file, request.HttpContext.RequestAborted);
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException)
            && !request.HttpContext.RequestAborted.IsCancellationRequested)
        {
            throw Malformed($"The form cannot be read: {error.Message}", error);
        }
    }

    private static async Task<ReceivedForm> ReadAsync(MultipartReader reader, string file, CancellationToken cancellationToken)
    {
        var form = new ReceivedForm(file);
        for (var fields = 0; await reader.ReadNextSectionAsync(cancellationToken) is { } section; fields++)
        {
            if (fields == MaxFields)
            {
                throw Malformed($"The form has more than {MaxFields} fields.");
            }

            if (section.GetContentDispositionHeader() is not { } disposition || !disposition.IsFormDisposition() && !disposition.IsFileDisposition())
            {
                throw Malformed("A part of the form has no name.");
            }

            var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
            var content = new MemoryStream();
            await section.Body.CopyToAsync(content, cancellationToken);
            if (name == file || name == file + Several)
            {
                form.Add(new FormFile(content.GetBuffer().AsMemory(0, (int)content.Length), section.ContentType));
            }
            else
            {
                form.Add(name, System.Text.Encoding.UTF8.GetString(content.GetBuffer(), 0, (int)content.Length));
            }
        }

        return form;
    }

    private static string BoundaryOf(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
        && HeaderUtilities.RemoveQuotes(type.Boundary) is { Length: > 0 and <= MaxBoundary } boundary
            ? boundary.ToString()
            : throw Malformed("The body must be multipart/form-data, with the boundary in the content type.");

    private static SensoriumException Malformed(string message, Exception? inner = null) =>
        SensoriumException.Invalid(ErrorReasons.MalformedRequest, message, inner: inner);
}

/// <param name="MediaType">As the caller says; null if it does not.</param>
internal sealed record FormFile(ReadOnlyMemory<byte> Content, string? MediaType);

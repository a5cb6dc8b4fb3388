using Sensorium.V1;
using Spectre.Console;

namespace Sensorium.Cli.Output;

/// <summary>The services behind a gateway, a row for each.</summary>
internal static class StatusTable
{
    private const int ShownDigits = 12;

    /// <param name="since">What is shown of how long a service has been as it is; null leaves the column out.</param>
    public static Table Of(StatusResponse status, bool interactive, Func<ServiceStatus, string>? since = null)
    {
        var table = new Table { Border = interactive ? TableBorder.Rounded : TableBorder.None };
        table.AddColumns("service", "ready", "where", "model", "revision", "variant", "device");
        if (since is not null)
        {
            table.AddColumn("for");
        }

        foreach (var service in status.Services)
        {
            IEnumerable<string> cells = since is null ? Cells(service) : Cells(service).Append(since(service));
            table.AddRow(cells.Select(Markup.Escape).ToArray());
        }

        return table;
    }

    private static string[] Cells(ServiceStatus service)
    {
        var model = service.Model ?? new ModelRef();
        return
        [
            service.Name, service.Ready ? "yes" : $"no: {service.Detail}", service.Address, model.Id,
            model.Revision.Length > ShownDigits ? model.Revision[..ShownDigits] : model.Revision, model.Variant, model.Device,
        ];
    }
}

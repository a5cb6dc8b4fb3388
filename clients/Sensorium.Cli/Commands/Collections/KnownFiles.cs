using System.Runtime.CompilerServices;
using Google.Protobuf.WellKnownTypes;
using Sensorium.Client;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>What a collection has already, so that it is not sent again.</summary>
internal sealed class KnownFiles
{
    private const int PageSize = 1000;

    private readonly Dictionary<string, Item> _items;

    private KnownFiles(Dictionary<string, Item> items) => _items = items;

    public static KnownFiles None { get; } = new([]);

    /// <summary>A collection that is not there yet has nothing.</summary>
    public static async Task<KnownFiles> ReadAsync(SensoriumClient client, string collection, CancellationToken cancellationToken)
    {
        try
        {
            var items = client.ListItemsAsync(new ListItemsRequest { Collection = collection, PageSize = PageSize }, cancellationToken);
            return new KnownFiles(await items.ToDictionaryAsync(item => item.Id, StringComparer.Ordinal, cancellationToken));
        }
        catch (SensoriumCallException error) when (error.Reason == "COLLECTION_NOT_FOUND")
        {
            return None;
        }
    }

    /// <summary>The files whose content, or any of whose given metadata, is not there.</summary>
    /// <param name="files">By their ids.</param>
    /// <param name="metadata">As given now; what is there beside it does not count.</param>
    /// <param name="skip">Is told the ids of the others.</param>
    /// <param name="cancellationToken">Of the command.</param>
    public async IAsyncEnumerable<(string Id, string Path)> ChangedAsync(
        IEnumerable<(string Id, string Path)> files, Struct metadata, Action<string> skip, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (_items.TryGetValue(file.Id, out var item) && Has(item, metadata) && item.Sha256 == await MediaFiles.HashAsync(file.Path, cancellationToken))
            {
                skip(file.Id);
            }
            else
            {
                yield return file;
            }
        }
    }

    private static bool Has(Item item, Struct metadata) => metadata.Fields.All(field =>
        item.Metadata is { } there && there.Fields.TryGetValue(field.Key, out var value) && value.Equals(field.Value));
}

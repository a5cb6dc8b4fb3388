using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Sensorium.FunctionalTests.Infrastructure;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>A gateway that is killed while a collection is filled, a few times or as often as SENSORIUM_KILLS says.</summary>
public sealed class KilledIndexTests : IAsyncLifetime
{
    private const string Collection = "killed";
    private const string Space = "own";
    private const int SegmentsOfOne = 3;
    private const int AcknowledgedBeforeTheKill = 150;

    private static readonly int Kills = int.Parse(Environment.GetEnvironmentVariable("SENSORIUM_KILLS") ?? "2", CultureInfo.InvariantCulture);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sensorium-killed-");
    private readonly ErrorLog _errors = new();
    private ServiceProcess _gateway = null!;

    private V1.SensoriumService.SensoriumServiceClient Client => new(_gateway.Channel);

    public async ValueTask InitializeAsync()
    {
        var ports = Ports.Free(2);
        _gateway = ServiceProcess.Create("gateway", ports[0], ports[1], _errors);
        _gateway.Settings["Sensorium:Index:Folder"] = _folder.FullName;
        await _gateway.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task No_acknowledged_item_is_missing_and_none_is_half_there()
    {
        var acknowledged = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var create = new V1.CreateCollection { Name = Collection, SpaceId = Space, Dimensions = SegmentsOfOne };
        await Client.CollectionsAsync(new V1.CollectionsRequest { Create = create });

        for (var round = 0; round < Kills; round++)
        {
            await FillUntilKilledAsync(round, acknowledged);
            await _gateway.StartAsync();
            await CheckAsync(acknowledged);
        }

        Assert.Empty(_errors.Take());
    }

    /// <summary>New items, and in later rounds new versions of old ones.</summary>
    private async Task FillUntilKilledAsync(int round, ConcurrentDictionary<string, int> acknowledged)
    {
        using var call = Client.Index();
        var answered = 0;
        var reading = Task.Run(async () =>
        {
            await foreach (var said in call.ResponseStream.ReadAllAsync())
            {
                acknowledged[said.Item.Id] = round;
                Interlocked.Increment(ref answered);
            }
        });
        try
        {
            await call.RequestStream.WriteAsync(new V1.IndexRequest { Header = new V1.IndexHeader { Collection = Collection } });
            for (var i = 0; Volatile.Read(ref answered) < AcknowledgedBeforeTheKill; i++)
            {
                await call.RequestStream.WriteAsync(new V1.IndexRequest { Item = Item($"i{i}", round) });
            }

            await _gateway.KillAsync();
        }
        finally
        {
            await Assert.ThrowsAsync<RpcException>(() => reading);
        }
    }

    private async Task CheckAsync(ConcurrentDictionary<string, int> acknowledged)
    {
        var rounds = new Dictionary<string, double>(StringComparer.Ordinal);
        var list = new V1.ListItemsRequest { Collection = Collection, PageSize = 1000 };
        do
        {
            var page = await Client.ListItemsAsync(list);
            list.PageToken = page.NextPageToken;
            foreach (var item in page.Items)
            {
                rounds[item.Id] = item.Metadata.Fields["round"].NumberValue;
            }
        }
        while (list.PageToken.Length > 0);

        // An item may be newer than what was acknowledged of it, never older.
        Assert.Empty(acknowledged.Where(pair => !rounds.TryGetValue(pair.Key, out var found) || found < pair.Value).Select(pair => pair.Key));
        var collection = (await Client.CollectionsAsync(new V1.CollectionsRequest { Describe = new V1.DescribeCollection { Name = Collection } })).Collections.Single();
        Assert.Equal((rounds.Count, rounds.Count * SegmentsOfOne), (collection.Items, collection.Segments));
    }

    private static V1.IndexItem Item(string id, int round)
    {
        var item = new V1.IndexItem { Id = id, Vectors = new V1.Vectors { SpaceId = Space }, Metadata = new Struct() };
        item.Metadata.Fields["round"] = Value.ForNumber(round);
        for (var i = 0; i < SegmentsOfOne; i++)
        {
            var vector = new float[SegmentsOfOne];
            vector[i] = 1;
            item.Vectors.Segments.Add(new V1.Segment
            {
                Embedding = new V1.Tensor { Dtype = V1.DataType.Float32, Shape = { SegmentsOfOne }, Data = ByteString.CopyFrom(MemoryMarshal.AsBytes(vector.AsSpan())) },
            });
        }

        return item;
    }
}

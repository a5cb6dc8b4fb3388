using Microsoft.Extensions.AI;
using Microsoft.Extensions.VectorData;
using Sensorium.Client;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class VectorStoreInOneProcess(OneProcess deployment) : VectorStoreTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class VectorStoreInSixProcesses(SixProcesses deployment) : VectorStoreTests(deployment);

/// <summary>Collections as a vector store of Microsoft.Extensions.VectorData.</summary>
public abstract class VectorStoreTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public async Task Records_go_in_and_are_found_read_and_deleted()
    {
        using var client = new SensoriumClient($"http://{Sensorium.Channel.Target}");
        using var store = client.AsVectorStore();
        var name = $"photos-{Guid.NewGuid():N}";
        using var photos = store.GetCollection<string, Photo>(name);
        await photos.EnsureCollectionExistsAsync();
        Photo[] records = [.. Enumerable.Range(0, 4).Select(i => new Photo { Id = $"photo-{i}", Year = 2020 + i, Place = i % 2 == 0 ? "Kiel" : "Bonn", Picture = new DataContent(Pictures.Jpeg(i, 48), "image/jpeg") })];

        await photos.UpsertAsync(records);

        Assert.Contains(name, await store.ListCollectionNamesAsync().ToListAsync());
        var alike = await photos.SearchAsync(records[2].Picture!, 2).ToListAsync();
        Assert.Equal(("photo-2", 2022, "Kiel", 1.0), (alike[0].Record.Id, alike[0].Record.Year, alike[0].Record.Place, Math.Round(alike[0].Score!.Value, 3)));
        Assert.Equal(2, alike.Count);
        var worded = await photos.SearchAsync("a picture of a disc", 10, new VectorSearchOptions<Photo> { Filter = photo => photo.Place == "Bonn" && photo.Year > 2021 }).ToListAsync();
        Assert.Equal("photo-3", Assert.Single(worded).Record.Id);
        Assert.Equal(2021, (await photos.GetAsync("photo-1"))!.Year);
        Assert.Equal(["photo-0", "photo-2"], (await photos.GetAsync(photo => photo.Place == "Kiel", 10).ToListAsync()).Select(photo => photo.Id));

        await photos.UpsertAsync(new Photo { Id = "photo-1", Year = 1999, Place = "Bonn", Picture = records[1].Picture });
        await photos.DeleteAsync(["photo-0", "photo-3"]);

        Assert.Equal(1999, (await photos.GetAsync("photo-1"))!.Year);
        Assert.Null(await photos.GetAsync("photo-0"));
        Assert.Equal(["photo-1", "photo-2"], (await photos.SearchAsync("a disc", 10).ToListAsync()).Select(hit => hit.Record.Id).Order(StringComparer.Ordinal));
        await photos.EnsureCollectionDeletedAsync();
        Assert.False(await photos.CollectionExistsAsync());
        var absent = await Assert.ThrowsAsync<VectorStoreException>(async () => await photos.SearchAsync("a disc", 1).ToListAsync());
        Assert.Equal((name, "Search"), (absent.CollectionName, absent.OperationName));
    }

    private sealed class Photo
    {
        [VectorStoreKey]
        public string Id { get; set; } = "";

        [VectorStoreData]
        public int Year { get; set; }

        [VectorStoreData]
        public string Place { get; set; } = "";

        [VectorStoreVector(128)]
        public DataContent? Picture { get; set; }
    }
}

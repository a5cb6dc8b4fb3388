using Sensorium.Bench.Retrieval;

var options = RetrievalOptions.Parse(args);
var vectors = new ClusteredVectors(options.Sizes.Max(), options.Queries, options.Width);
var results = new List<StoreResult>();
foreach (var store in options.Stores)
{
    if (await StoreServer.StartAsync(store, options) is not { } server)
    {
        Console.Error.WriteLine($"{store}: left out; it needs {StoreServer.Needs(store)}");
        continue;
    }

    await using (server)
    {
        results.Add(await StoreRun.RunAsync(store, server, vectors, options));
    }
}

RetrievalReport.Write(options, results);
return results.Count > 0 ? 0 : 1;

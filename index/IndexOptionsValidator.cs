using Microsoft.Extensions.Options;
using Sensorium.Core.Settings;
using Sensorium.Index.Embedded;
using Sensorium.Index.Postgres;
using Sensorium.Index.Redis;

namespace Sensorium.Index;

internal sealed class IndexOptionsValidator : IValidateOptions<IndexOptions>
{
    public ValidateOptionsResult Validate(string? name, IndexOptions options)
    {
        var failures = new List<string>();
        Require(IndexStores.Names.Contains(options.Store), "Store", $"is \"{options.Store}\"; it must be one of {string.Join(", ", IndexStores.Names)}");
        Require(!string.IsNullOrWhiteSpace(options.Folder), "Folder", "is empty");
        CheckFolder(options, failures);
        Require(options.Store != RedisStore.StoreName || options.RedisConnection.Length > 0, "RedisConnection", "is empty, but Store is redis");
        Require(options.Store != PostgresStore.StoreName || options.PostgresConnection.Length > 0, "PostgresConnection", "is empty, but Store is postgres");
        Require(options.SearchEffort > 0, "SearchEffort", $"is {options.SearchEffort}; it must be over 0");
        Require(options.MaxVectorBytes > 0, "MaxVectorBytes", $"is {options.MaxVectorBytes}; it must be over 0");
        Require(options.MaxPageSize > 0, "MaxPageSize", $"is {options.MaxPageSize}; it must be over 0");
        Require(options.MaxHits >= options.MaxPageSize, "MaxHits", $"is {options.MaxHits}; it must be at least MaxPageSize, {options.MaxPageSize}");
        Require(options.BatchItems > 0, "BatchItems", $"is {options.BatchItems}; it must be over 0");
        Require(options.MaxContentBytes > 0, "MaxContentBytes", $"is {options.MaxContentBytes}; it must be over 0");
        Require(options.OverloadPatience >= TimeSpan.Zero, "OverloadPatience", $"is {options.OverloadPatience}; it must not be negative");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);

        void Require(bool right, string key, string fault)
        {
            if (!right)
            {
                failures.Add($"{IndexOptions.Section}:{key} {fault}.");
            }
        }
    }

    // The default may be where nothing can be kept, as in a container that keeps nothing: only who indexes needs it.
    private static void CheckFolder(IndexOptions options, List<string> failures)
    {
        if (options.Store == EmbeddedStore.StoreName && options.Folder.Length > 0 && options.Folder != new IndexOptions().Folder
            && FolderFaults.OfWritten(options.Folder) is { } fault)
        {
            failures.Add($"{IndexOptions.Section}:Folder {fault}.");
        }
    }
}

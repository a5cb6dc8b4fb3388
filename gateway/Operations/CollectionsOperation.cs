using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations;

/// <summary>Lists, creates, describes and drops collections.</summary>
internal sealed class CollectionsOperation(ICollectionStore store, CollectionDirectory directory, TimeProvider time)
{
    public async Task<IReadOnlyList<DescribedCollection>> ListAsync(CancellationToken cancellationToken)
    {
        var described = new List<DescribedCollection>();
        foreach (var definition in await store.ListAsync(cancellationToken))
        {
            // One that was dropped in between is left out.
            if (await store.FindAsync(definition.Name, cancellationToken) is { } collection)
            {
                described.Add(await DescribeAsync(collection, cancellationToken));
            }
        }

        return described;
    }

    public async Task<DescribedCollection> DescribeAsync(string name, CancellationToken cancellationToken) =>
        await DescribeAsync(await directory.FindAsync(name, "describe.name", cancellationToken), cancellationToken);

    /// <exception cref="SensoriumException">COLLECTION_EXISTS, or the plan is none.</exception>
    public async Task<DescribedCollection> CreateAsync(CollectionPlan plan, CancellationToken cancellationToken)
    {
        CollectionRules.CheckName(plan.Name, "create.name");
        var definition = plan.SpaceId.Length > 0 ? DefineOwn(plan) : await DefineAsync(plan, cancellationToken);
        var created = await store.CreateAsync(definition, cancellationToken) ?? throw CollectionRules.Exists(plan.Name);
        return await DescribeAsync(created, cancellationToken);
    }

    /// <summary>What the collection was.</summary>
    public async Task<DescribedCollection> DropAsync(string name, CancellationToken cancellationToken)
    {
        var dropped = await DescribeAsync(await directory.FindAsync(name, "drop.name", cancellationToken), cancellationToken);
        return await store.DropAsync(name, cancellationToken) ? dropped : throw CollectionRules.NotFound(name);
    }

    private Task<CollectionDefinition> DefineAsync(CollectionPlan plan, CancellationToken cancellationToken) => plan.Dimensions == 0
        ? directory.DefineAsync(plan.Name, plan.Model, cancellationToken)
        : throw Wrong("dimensions", "is for a space of the caller's own; name it by space_id");

    private CollectionDefinition DefineOwn(CollectionPlan plan)
    {
        if (plan.Model.Length > 0)
        {
            throw Wrong("space_id", "is given beside a model, which has a space of its own");
        }

        return plan.Dimensions is > 0 and <= CollectionRules.MaxWidth
            ? new CollectionDefinition(plan.Name, plan.SpaceId, plan.Dimensions, "", time.GetUtcNow())
            : throw Wrong("dimensions", $"is {plan.Dimensions}; a vector has 1 to {CollectionRules.MaxWidth} components");
    }

    private async Task<DescribedCollection> DescribeAsync(ICollectionItems collection, CancellationToken cancellationToken) =>
        new(collection.Definition, await collection.CountAsync(cancellationToken), store.Name);

    private static SensoriumException Wrong(string field, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"create.{field} {fault}.", $"create.{field}");
}

/// <param name="Model">As "id" or "id@revision"; empty for the default.</param>
/// <param name="SpaceId">Of vectors that the caller brings; empty for that of the model.</param>
/// <param name="Dimensions">Of such vectors.</param>
internal sealed record CollectionPlan(string Name, string Model, string SpaceId, int Dimensions);

internal sealed record DescribedCollection(CollectionDefinition Definition, CollectionSize Size, string Store);

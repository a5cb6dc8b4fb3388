namespace Sensorium.Index.Collections;

/// <summary>What a collection is, from its first moment to its last.</summary>
/// <param name="Name">In the form that <see cref="CollectionRules"/> demands.</param>
/// <param name="SpaceId">All vectors are of this space.</param>
/// <param name="Width">Components of each vector.</param>
/// <param name="Model">Encodes what is put in and what is searched for, as "id" or "id@revision"; empty for the default.</param>
public sealed record CollectionDefinition(string Name, string SpaceId, int Width, string Model, DateTimeOffset CreatedAt);

/// <param name="Items">How many there are.</param>
/// <param name="Segments">Vectors of all of them.</param>
public readonly record struct CollectionSize(long Items, long Segments);

using System.Linq.Expressions;
using Microsoft.Extensions.VectorData;
using Sensorium.Client;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

/// <summary>What a condition in C# asks a gateway for.</summary>
public sealed class VectorFilterTests : GatewayFixture
{
    private static readonly int[] Years = [2020, 2021];
    private static readonly string[] None = [];

    public static TheoryData<Expression<Func<Photo, bool>>, string> Conditions => new()
    {
        { photo => true, "" },
        { photo => photo.Year == 2020, "year = 2020" },
        { photo => photo.Year != 2020, "year != 2020" },
        { photo => 2020 <= photo.Year && photo.Place == "it's", "(year >= 2020 AND Place = 'it''s')" },
        { photo => photo.Year < 2000 || !(photo.Year > 2010), "(year < 2000 OR NOT (year > 2010))" },
        { photo => photo.Public && !photo.Public, "(Public = true AND NOT (Public = true))" },
        { photo => photo.Id == @"a\b", @"@id = 'a\\b'" },
        { photo => photo.Place == null, "NOT EXISTS Place" },
        { photo => photo.Rating != null, "EXISTS Rating" },
        { photo => photo.Rating!.Value >= 0.5, "Rating >= 0.5" },
        { photo => photo.Tags!.Contains("sea"), "Tags = 'sea'" },
        { photo => Years.Contains(photo.Year), "year IN (2020, 2021)" },
        { photo => new List<string> { "a", "b" }.Contains(photo.Place!), "Place IN ('a', 'b')" },
        { photo => None.Contains(photo.Place), "(EXISTS Place AND NOT EXISTS Place)" },
    };

    public static TheoryData<Expression<Func<Photo, bool>>> Others => new()
    {
        photo => photo.Place!.StartsWith("sea", StringComparison.Ordinal),
        photo => photo.Year == photo.Id.Length,
        photo => photo.Picture == null,
        photo => Years.Length == 2,
    };

    [Theory]
    [MemberData(nameof(Conditions))]
    public async Task A_condition_becomes_a_filter(Expression<Func<Photo, bool>> condition, string expected)
    {
        using var client = new SensoriumClient(Address);
        Gateway.OnListItems = request => new ListItemsResponse { Items = { new Item { Id = request.Filter } } };

        var found = await client.AsVectorStore().GetCollection<string, Photo>("c").GetAsync(condition, 1, cancellationToken: TestEnd).SingleAsync(TestEnd);

        Assert.Equal(expected, found.Id);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_condition_that_filters_do_not_have_is_refused(Expression<Func<Photo, bool>> condition)
    {
        using var client = new SensoriumClient(Address);
        var photos = client.AsVectorStore().GetCollection<string, Photo>("c");

        Assert.Throws<NotSupportedException>(() => photos.GetAsync(condition, 1, cancellationToken: TestEnd));
    }
}

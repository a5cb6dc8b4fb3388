using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.UnitTests.Models.Running;
using Xunit;

namespace Sensorium.Core.UnitTests.Models;

public sealed class ModelNamesTests
{
    [Fact]
    public void At_most_twenty_are_listed_and_the_others_counted() => Assert.Equal(
        $"{string.Join(", ", Enumerable.Range(0, 20).Select(id => $"'m{id}'"))} and 3 more",
        ModelNames.List(Enumerable.Range(0, 23).Select(id => $"m{id}")));

    [Fact]
    public void A_model_that_is_not_there_is_answered_with_ids_alone()
    {
        var error = Refusal(new ModelSelector("nobody", null));

        Assert.Equal((ErrorReasons.ModelMismatch, "The text service was asked for model 'nobody'; it serves 'a', 'b'."), (error.Reason, error.Message));
    }

    [Fact]
    public void Another_revision_is_answered_with_the_one_that_is_there() =>
        Assert.EndsWith("it serves 'a' revision 'of-a'.", Refusal(new ModelSelector("a", "old")).Message, StringComparison.Ordinal);

    private static SensoriumException Refusal(ModelSelector selector)
    {
        var served = new ServedModels<FakeDescription>("text", [FakeDescription.Of("a", "of-a"), FakeDescription.Of("b")], []);
        return Assert.Throws<SensoriumException>(() => served.Select(selector));
    }
}

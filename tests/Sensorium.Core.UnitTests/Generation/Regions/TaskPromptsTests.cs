using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Regions;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation.Regions;

public sealed class TaskPromptsTests
{
    private static readonly TaskPrompts Tasks = new(
        new Dictionary<string, string> { ["<OCR>"] = "What is written?", ["<OCR_WITH_REGION>"] = "What is written, and where?", ["<CAPTION>"] = "What is it?" },
        new Dictionary<string, string> { ["<FIND>"] = "Find {input} here." },
        new Dictionary<string, RegionForm> { ["<OCR_WITH_REGION>"] = RegionForm.Quadrangles, ["<FIND>"] = RegionForm.Boxes });

    [Theory]
    [InlineData("<OCR>", "What is written?", RegionForm.None)]
    [InlineData("<OCR_WITH_REGION> ", "What is written, and where?", RegionForm.Quadrangles)]
    [InlineData("<FIND>a dog", "Find [a dog] here.", RegionForm.Boxes)]
    [InlineData("What sings?", "[What sings?]", RegionForm.None)]
    public void Tasks_stand_for_sentences_and_words_for_themselves(string prompt, string sentence, RegionForm form) =>
        Assert.Equal((sentence, form), Tasks.Write(prompt, words => $"[{words}]"));

    [Theory]
    [InlineData("<OCR>of the sign", "takes no words")]
    [InlineData("<FIND> ", "needs words")]
    public void Words_that_a_task_does_not_take_or_lacks_are_refused(string prompt, string fault)
    {
        var error = Assert.Throws<SensoriumException>(() => Tasks.Write(prompt, words => words));

        Assert.Equal((ErrorCode.InvalidArgument, ErrorReasons.InvalidParameter), (error.Code, error.Reason));
        Assert.Contains(fault, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_nobody_asks_a_picture_is_described()
    {
        Assert.Equal("<CAPTION>", Tasks.Usual);
        Assert.Equal("", (Tasks with { Whole = new Dictionary<string, string>() }).Usual);
    }
}

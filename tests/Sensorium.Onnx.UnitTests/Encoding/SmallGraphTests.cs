using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Encoding;

/// <summary>What other people's exports have and the bundled pack has not. Graphs/make_graphs.py says what the graphs compute.</summary>
public sealed class SmallGraphTests
{
    private static readonly OnnxEncoderFactory Factory = new(new OnnxSessionFactory(
        Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance));

    // Rows of two equal lines, exact in float16: the means are the lines themselves.
    private static readonly float[] Line = [0.5f, 0.5f, 0.5f, 0.5f];

    [Fact]
    public void A_graph_of_float16_is_fed_and_read()
    {
        using var small = new SmallPack("vision", "half");
        using var model = Factory.Create(small.Pack, Modality.Image, new OnnxOptions());

        var outputs = Run(model, Rows([3, 2, 4], 1), Rows([3, 2, 4], 1));

        Assert.All(outputs, output => Assert.Equal(Line, output.Embedding.ToArray()));
        Assert.Equal((3, 4), (outputs[1].Features!.Tokens, outputs[1].Features!.Width));
        Assert.Equal([.. Line, .. Line, .. Line], outputs[1].Features!.Data.ToArray());
    }

    [Fact]
    public void Giving_memory_back_changes_no_answer()
    {
        using var small = new SmallPack("vision", "half");
        using var model = Factory.Create(small.Pack, Modality.Image, new OnnxOptions());
        var before = Run(model, Rows([3, 2, 4], 1))[0].Features!.Data.ToArray();

        model.Relieve();
        Assert.IsAssignableFrom<OnnxEncoderModel>(model).RelieveByRun();

        Assert.Equal(before, Run(model, Rows([3, 2, 4], 1))[0].Features!.Data.ToArray());
    }

    [Fact]
    public void A_vector_of_another_length_is_scaled()
    {
        using var small = new SmallPack("vision", "half");
        using var model = Factory.Create(small.Pack, Modality.Image, new OnnxOptions());

        Assert.Equal(Line, Run(model, Rows([3, 2, 4], 8))[0].Embedding.ToArray());
    }

    [Fact]
    public void A_clip_graph_may_take_the_frames_themselves()
    {
        using var small = new SmallPack("video", "clip");
        using var model = Factory.Create(small.Pack, Modality.Video, new OnnxOptions());

        var outputs = Run(model, Rows([2, 3, 2, 4], 1), Rows([2, 3, 2, 4], 1));

        Assert.True(model.Probe());
        Assert.Equal(2, outputs[0].Features!.Tokens);
        Assert.Equal(Line, outputs[1].Embedding.ToArray());
    }

    [Fact]
    public void An_input_that_nobody_fills_is_named()
    {
        using var small = new SmallPack("vision", "wild");

        var error = Assert.Throws<ModelPackException>(() => Factory.Create(small.Pack, Modality.Image, new OnnxOptions()));

        Assert.Contains("temperature Float [1]", error.Message);
    }

    [Fact]
    public void A_graph_of_another_modality_is_refused_with_what_it_has()
    {
        using var small = new SmallPack("audio", "half");

        var error = Assert.Throws<ModelPackException>(() => Factory.Create(small.Pack, Modality.Audio, new OnnxOptions()));

        Assert.Contains("no input 'input_features' of rank 3", error.Message);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 0)]
    public void A_graph_that_quantises_as_it_runs_takes_one_input_at_a_time_unless_told_otherwise(bool batchInvariant, int maxBatchSize)
    {
        using var small = new SmallPack("vision", "dynamic");
        using var model = Factory.Create(small.Pack, Modality.Image, new OnnxOptions { BatchInvariant = batchInvariant });

        Assert.Equal(maxBatchSize, model.MaxBatchSize);
    }

    private static FloatInput Rows(int[] shape, float scale) =>
        new(shape, Enumerable.Repeat(Line, shape.Aggregate((x, y) => x * y) / Line.Length).SelectMany(line => line).Select(x => x * scale).ToArray());

    private static IReadOnlyList<ModelOutput> Run(IEncoderModel model, params ModelInput[] inputs)
    {
        using var batch = model.Prepare([.. inputs.Select(input => new EncoderInput(input, true))]);
        return batch.Run();
    }
}

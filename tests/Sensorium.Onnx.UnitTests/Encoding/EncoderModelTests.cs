using System.Numerics.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;
using Sensorium.Testing.Shared.Models;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Encoding;

public sealed class EncoderModelTests
{
    private const float Tolerance = 1e-5f;

    private static readonly OnnxSessionFactory Sessions = new(
        Options.Create(new OnnxRuntimeOptions()), NullLogger<OnnxSessionFactory>.Instance);

    private static readonly OnnxEncoderFactory Factory = new(Sessions);

    public static TheoryData<Modality> Modalities { get; } = [Modality.Text, Modality.Image, Modality.Audio, Modality.Video];

    [Theory]
    [MemberData(nameof(Modalities))]
    public void A_batch_gives_what_each_input_gives_alone(Modality modality)
    {
        using var model = Create(modality);
        var inputs = Inputs(modality, 5);

        var together = Run(model, inputs, withFeatures: true);

        foreach (var (index, input) in inputs.Index())
        {
            var alone = Run(model, [input], withFeatures: true)[0];
            Assert.InRange(Distance(alone.Embedding, together[index].Embedding), 0, Tolerance);
            Assert.Equal(alone.Features!.Tokens, together[index].Features!.Tokens);
            Assert.InRange(Distance(alone.Features.Data, together[index].Features!.Data), 0, 20 * Tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Modalities))]
    public void Vectors_have_length_one_and_differ_with_their_inputs(Modality modality)
    {
        using var model = Create(modality);

        var outputs = Run(model, Inputs(modality, 3), withFeatures: false);

        Assert.All(outputs, output => Assert.Equal(1, TensorPrimitives.Norm(output.Embedding.Span), 1e-3));
        Assert.All(outputs, output => Assert.Equal(model.EmbeddingWidth, output.Embedding.Length));
        Assert.True(Distance(outputs[0].Embedding, outputs[1].Embedding) > 10 * Tolerance);
    }

    [Fact]
    public void Features_are_given_to_those_who_asked()
    {
        using var model = Create(Modality.Image);
        var inputs = Inputs(Modality.Image, 2);

        using var batch = model.Prepare([new EncoderInput(inputs[0], true), new EncoderInput(inputs[1], false)]);
        var outputs = batch.Run();

        Assert.Equal(model.FeatureWidth * outputs[0].Features!.Tokens, outputs[0].Features!.Data.Length);
        Assert.Null(outputs[1].Features);
    }

    [Fact]
    public void The_features_of_a_text_are_those_of_its_own_tokens()
    {
        using var model = Create(Modality.Text);

        var output = Run(model, [new TokenInput([1, 100, 292, 2])], withFeatures: true)[0];

        Assert.Equal(4, output.Features!.Tokens);
    }

    [Fact]
    public void Texts_share_a_batch_by_their_padded_length()
    {
        using var model = Create(Modality.Text);

        Assert.Equal(model.ShapeKeyOf(new TokenInput(new long[3])), model.ShapeKeyOf(new TokenInput(new long[8])));
        Assert.NotEqual(model.ShapeKeyOf(new TokenInput(new long[8])), model.ShapeKeyOf(new TokenInput(new long[9])));
    }

    [Fact]
    public void An_input_of_another_shape_is_refused_with_both_shapes()
    {
        using var model = Create(Modality.Image);

        var error = Assert.Throws<ArgumentException>(() => model.ShapeKeyOf(new FloatInput([3, 7, 7], new float[147])));

        Assert.Contains("[3, 7, 7]", error.Message);
        Assert.Contains("pixel_values Float [?, 3,", error.Message);
    }

    [Fact]
    public void A_vector_that_is_not_finite_is_a_fault()
    {
        using var model = Create(Modality.Image);
        var input = (FloatInput)Inputs(Modality.Image, 1)[0];
        var poisoned = input with { Data = Enumerable.Repeat(float.NaN, input.Data.Length).ToArray() };

        Assert.Throws<InvalidOperationException>(() => Run(model, [poisoned], withFeatures: false));
    }

    [Theory]
    [MemberData(nameof(Modalities))]
    public void The_known_good_input_passes(Modality modality)
    {
        using var model = Create(modality);

        Assert.True(model.Probe());
    }

    [Fact]
    public void The_identity_names_weights_variant_and_device()
    {
        using var model = Create(Modality.Video);

        var pack = BundledPack.Instance;
        Assert.Equal(
            new ModelIdentity(pack.Id, pack.Encoders[Modality.Video].GetRevision("fp32"), "fp32", pack.SpaceId, "", "cpu", pack.License),
            model.Identity);
    }

    private static IEncoderModel Create(Modality modality) => Factory.Create(BundledPack.Instance, modality, new OnnxOptions());

    private static IReadOnlyList<ModelOutput> Run(IEncoderModel model, IReadOnlyList<ModelInput> inputs, bool withFeatures)
    {
        using var batch = model.Prepare([.. inputs.Select(input => new EncoderInput(input, withFeatures))]);
        return batch.Run();
    }

    private static ModelInput[] Inputs(Modality modality, int count)
    {
        var random = new Random(7);
        return [.. Enumerable.Range(0, count).Select(_ => Input(modality, random))];
    }

    // Texts of one padded length; everything else as large as the bundled graphs say.
    private static ModelInput Input(Modality modality, Random random) => modality switch
    {
        Modality.Text => new TokenInput([1, .. Enumerable.Range(0, random.Next(7, 14)).Select(_ => (long)random.Next(3, 100)), 2]),
        Modality.Video => Noise([BundledPack.Instance.Encoders[Modality.Video].NumFrames, .. RowShape(Modality.Image)], random),
        _ => Noise(RowShape(modality), random),
    };

    private static int[] RowShape(Modality modality)
    {
        using var session = Sessions.Create(BundledPack.Instance.Encoders[modality].GetModel("fp32"), new OnnxOptions());
        return [.. session.Inputs.Values.Single().Dimensions.Skip(1)];
    }

    private static FloatInput Noise(int[] shape, Random random) => new(
        shape, Enumerable.Range(0, shape.Aggregate((x, y) => x * y)).Select(_ => (float)(2 * random.NextDouble() - 1)).ToArray());

    private static float Distance(ReadOnlyMemory<float> x, ReadOnlyMemory<float> y)
    {
        var difference = new float[x.Length];
        TensorPrimitives.Subtract(x.Span, y.Span, difference);
        return TensorPrimitives.MaxMagnitude(difference) is var largest ? Math.Abs(largest) : 0;
    }
}

using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Xunit;

namespace Sensorium.Onnx.UnitTests.Encoding;

public sealed class TokenPoolingTests
{
    private static readonly float[] Tokens = [1, -2, 4, 8, 1, 3];

    [Theory]
    [InlineData(Pooling.Mean, 2, 3)]
    [InlineData(Pooling.First, 1, -2)]
    [InlineData(Pooling.Last, 1, 3)]
    [InlineData(Pooling.Max, 4, 8)]
    public void Tokens_become_one_vector(Pooling pooling, float first, float second) =>
        Assert.Equal([first, second], TokenPooling.Apply(pooling, Tokens, width: 2));
}

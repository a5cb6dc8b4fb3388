using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Xunit;

namespace Sensorium.Generation.UnitTests;

public sealed class DecoderProbeTests
{
    [Fact]
    public async Task Every_check_runs_the_decoder()
    {
        using var decoder = new FakeDecoder();
        var probe = new DecoderProbe(decoder);

        Assert.Null(await probe.CheckAsync(CancellationToken.None));
        Assert.Null(await probe.CheckAsync(CancellationToken.None));

        Assert.Equal(2, decoder.Runs);
        Assert.Equal("generation", probe.Name);
    }

    [Fact]
    public async Task A_decoder_that_fails_is_not_ready()
    {
        using var decoder = new FakeDecoder { Failure = new InvalidOperationException("the device is gone") };

        var failure = await Assert.ThrowsAsync<InvalidOperationException>(async () => await new DecoderProbe(decoder).CheckAsync(CancellationToken.None));

        Assert.Equal("the device is gone", failure.Message);
    }

    private sealed class FakeDecoder : IDecoderBackend
    {
        public int Runs { get; private set; }

        public Exception? Failure { get; init; }

        public ModelIdentity Identity => FakeGenerator.Model;

        public DecoderShape Shape { get; } = new(8, 16, 4, Explains: false);

        public ICrossAttentionCache Read(FeatureSequence fused) => throw new NotSupportedException();

        public IDecodeBatch CreateBatch(int paddedTokens, int maxRows) => throw new NotSupportedException();

        public void WarmUp()
        {
            Runs++;
            if (Failure is { } failure)
            {
                throw failure;
            }
        }

        public void Dispose()
        {
        }
    }
}

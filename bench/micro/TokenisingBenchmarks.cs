using BenchmarkDotNet.Attributes;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Tokenization;

namespace Sensorium.Bench.Micro;

/// <summary>Text to token ids with the bundled pack's tokenizer.</summary>
[MemoryDiagnoser]
public class TokenisingBenchmarks
{
    private const string Sentence = "a brown dog runs through the tall grass, while two children watch from the fence";

    private Tokenizer _tokenizer = null!;

    [GlobalSetup]
    public void Setup() => _tokenizer = TokenizerLoader.Load(ModelPack.Load(BundledPack.Folder).Encoders[Modality.Text]);

    [Benchmark]
    public void EncodeSentence() => _tokenizer.Encode(Sentence);
}

using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Bench.Load;

namespace Sensorium.Bench.Bare;

/// <summary>
/// The ceiling: decode, preprocess and infer in one loop, with nothing around it. Reads one command per line
/// (operation, picture file list, batch, seconds) and answers with one line of figures.
/// </summary>
internal sealed class BareLoop(string pack, int threads) : IDisposable
{
    private const int StepsPerCaption = 24;

    private readonly BareModels _models = new(pack, threads);
    private readonly BarePreprocessor _preprocessor = new(pack);

    public static async Task<int> RunAsync(string pack, int threads)
    {
        using var loop = new BareLoop(pack, threads);
        Console.WriteLine("ready");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var command = BareCommand.Parse(line);
            var pictures = command.ReadPictures();
            loop.Run(command with { Seconds = command.Warmup }, pictures);
            Console.WriteLine("open");
            var answer = loop.Run(command, pictures);
            Console.WriteLine(answer.ToString());
        }

        return 0;
    }

    public void Dispose() => _models.Dispose();

    private BareAnswer Run(BareCommand command, byte[][] pictures)
    {
        var pixels = new float[command.Batch * _models.PictureLength];
        using var features = Prepare(pictures, pixels, command.Batch);
        var next = 0;
        var latencies = new List<double>();
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < command.Seconds)
        {
            var start = clock.Elapsed;
            switch (command.Operation)
            {
                case "embed":
                    Preprocess(pictures, pixels, command.Batch, ref next);
                    _models.Encode(pixels, command.Batch).Dispose();
                    break;
                case "preprocess":
                    Preprocess(pictures, pixels, command.Batch, ref next);
                    break;
                case "infer":
                    _models.Encode(pixels, command.Batch).Dispose();
                    break;
                case "first-token":
                    Preprocess(pictures, pixels, command.Batch, ref next);
                    using (var encoded = _models.Encode(pixels, command.Batch))
                    {
                        _models.Decode(encoded[0], command.Batch, steps: 1);
                    }

                    break;
                case "decode":
                    _models.Decode(features[0], command.Batch, StepsPerCaption);
                    break;
                default:
                    throw new ArgumentException($"Unknown operation '{command.Operation}'.");
            }

            latencies.Add((clock.Elapsed - start).TotalMilliseconds);
        }

        return new BareAnswer(latencies.Count * command.Batch, clock.Elapsed.TotalSeconds, latencies);
    }

    private IDisposableReadOnlyCollection<OrtValue> Prepare(byte[][] pictures, float[] pixels, int batch)
    {
        var next = 0;
        Preprocess(pictures, pixels, batch, ref next);
        return _models.Encode(pixels, batch);
    }

    private void Preprocess(byte[][] pictures, float[] pixels, int batch, ref int next)
    {
        var length = _models.PictureLength;
        var first = next;
        Parallel.For(0, batch, new ParallelOptions { MaxDegreeOfParallelism = threads }, i =>
            _preprocessor.Prepare(pictures[(first + i) % pictures.Length], pixels.AsSpan(i * length, length)));
        next += batch;
    }
}

internal sealed record BareAnswer(int Items, double Seconds, IReadOnlyCollection<double> LatenciesMs)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Items} {Seconds:R} {Statistics.Quantile(LatenciesMs, 0.5):R} {Statistics.Quantile(LatenciesMs, 0.99):R}");
}

using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Media;
using Sensorium.Core.Tokenization;

namespace Sensorium.Core.Generation.Speech;

/// <summary>
/// Reads a sound window by window: each is encoded by the model's encoder and written down by its decoder, and says where the next one
/// begins.
/// </summary>
public sealed class Transcriber : IModelTranscriber
{
    // Behind the last segment of the last window: less sound than a word takes.
    private static readonly TimeSpan LeastRest = TimeSpan.FromMilliseconds(100);

    private readonly SpeechWindows _windows;
    private readonly IDecoderBackend _backend;
    private readonly ITokenizer _tokenizer;
    private readonly SpeechModel _model;
    private readonly AdmittedSequences _admitted;
    private readonly CrossAttentionCaches _caches;
    private readonly DecodeScheduler _scheduler;
    private readonly SpeechDecoder _decoder;
    private readonly WordJoiner _words;
    private readonly bool _showsHeads;
    private readonly int _mostDrawn;

    /// <param name="encoder">The encoder of sound; null if none is configured.</param>
    /// <param name="backend">Owned from here on.</param>
    public Transcriber(
        Func<IEncoder?> encoder, ITokenizer tokenizer, IDecoderBackend backend, SpeechModel model, GenerationOptions options, TimeProvider time, ILoggerFactory loggers)
    {
        (_windows, _tokenizer, _model, _backend) = (new SpeechWindows(encoder, backend.Identity.Id), tokenizer, model, backend);
        Identity = backend.Identity;
        _admitted = new AdmittedSequences(new AdmissionGate("decoder", options.AdmissionLimits, new AdmissionMetrics("generation"), time));
        _caches = new CrossAttentionCaches(backend, options.CrossAttentionCacheBytes);
        _scheduler = new DecodeScheduler(backend, tokenizer, options, time, loggers.CreateLogger<Transcriber>());
        (_words, _showsHeads, _mostDrawn) = (new WordJoiner(tokenizer), backend.Shape.ShowsHeads, options.MaxChoices);
        _decoder = new SpeechDecoder(model, backend, _scheduler, _caches, options, time);
    }

    public ModelIdentity Identity { get; }

    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        SpeechPrompt.Check(_model, job, _showsHeads, _mostDrawn);
        var timestamps = job.Timestamps && _model.NoTimestampsId is not null;
        using var ticket = _admitted.Enter(1, pending => _decoder.QueueState(pending, job), job.Deadline, job.Tenant);
        var start = job.Media.Range?.Start ?? TimeSpan.Zero;
        var (at, language) = (start, job.Language);
        var previous = new PreviousText(_model.PreviousTextId, job.CarriesText, TokensOf(job.Prompt), _backend.Shape.Capacity);
        while (await _windows.EncodeAsync(job, at, isFirst: at == start, cancellationToken) is { Segments: [var window, ..] })
        {
            language ??= _model.IsMultilingual ? await _decoder.TellLanguageAsync(window.Features!, job, cancellationToken) : null;
            var prompt = SpeechPrompt.Of(_model, language, job.Task, timestamps);
            var length = window.Range!.Value.End!.Value - at;
            var written = await WriteAsync(new SpeechWindow(window.Features!, previous.Tokens, prompt, timestamps, length), job, cancellationToken);
            if (job.Fallback.IsSilence(written.NoSpeechProb, written.MeanLogProb))
            {
                at += length;
                continue;
            }

            previous.Add(written.Tokens, written.Temperature);
            var cut = SegmentCutter.Cut(written.Tokens, timestamps ? _model.FirstTimestampId : int.MaxValue, length);
            var first = 0;
            foreach (var segment in cut.Segments)
            {
                yield return new TranscriptSegment(RangeOf(segment.Start, segment.End, at, length), TextOf(segment.Tokens), segment.Tokens, written.MeanLogProb)
                {
                    Window = at,
                    Temperature = written.Temperature,
                    NoSpeechProb = written.NoSpeechProb,
                    Words = WordsOf(written, first, segment.Tokens.Length, language ?? "", at, length),
                };
                first += segment.Tokens.Length;
            }

            var ends = length < SpeechModel.Window && length - cut.Next < LeastRest;
            at += ends ? length : cut.Next;
            if (ends)
            {
                break;
            }
        }

        yield return new TranscriptFinished(language ?? "", at - start, Identity);
    }

    public async ValueTask DisposeAsync()
    {
        await _scheduler.DisposeAsync();
        _caches.Dispose();
        _backend.Dispose();
    }

    private static TimeRange RangeOf(TimeSpan start, TimeSpan end, TimeSpan at, TimeSpan length) =>
        new(at + (start < length ? start : length), at + (end < length ? end : length));

    private TranscriptWord[] WordsOf(WrittenWindow written, int first, int count, string language, TimeSpan at, TimeSpan length)
    {
        if (written.Times.Length == 0)
        {
            return [];
        }

        int[] places = [.. Enumerable.Range(first, count).Where(place => written.Tokens[place] < _model.FirstTimestampId)];
        return
        [
            .. _words.Join([.. places.Select(place => written.Tokens[place])], language).Select(word => new TranscriptWord(
                RangeOf(written.Times[places[word.First]], written.Times[places[word.Last] + 1], at, length), word.Text)),
        ];
    }

    // At one temperature after the other, until the text can be trusted or there is nothing to write.
    private async Task<WrittenWindow> WriteAsync(SpeechWindow window, TranscriptionJob job, CancellationToken cancellationToken)
    {
        var (written, fallback) = (default(WrittenWindow), job.Fallback);
        var noSpeech = fallback.MaxNoSpeechProb is null ? null : await _decoder.TellNoSpeechAsync(window, job, cancellationToken);
        foreach (var temperature in fallback.Temperatures.DefaultIfEmpty(0))
        {
            written = await _decoder.WriteAsync(window, temperature, job, cancellationToken);
            if (fallback.Accepts(TextOf(written.Tokens), written.MeanLogProb) || fallback.IsSilence(noSpeech, written.MeanLogProb))
            {
                break;
            }
        }

        return written! with { NoSpeechProb = noSpeech };
    }

    // With a space before it, as if it followed something.
    private IReadOnlyList<int> TokensOf(string prompt) => string.IsNullOrWhiteSpace(prompt) ? [] : _tokenizer.Encode($" {prompt.Trim()}");

    private string TextOf(int[] tokens)
    {
        var bytes = tokens.Where(token => token < _model.FirstTimestampId).SelectMany(token => _tokenizer.TokenBytes(token).ToArray()).ToArray();
        return System.Text.Encoding.UTF8.GetString(bytes).Trim();
    }
}

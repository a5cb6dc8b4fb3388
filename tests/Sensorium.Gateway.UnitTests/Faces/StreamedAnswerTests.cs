using System.Threading.Channels;
using Microsoft.AspNetCore.Http;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Http;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Faces;

public sealed class StreamedAnswerTests : IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _pieces = Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly FlushedBody _body = new();

    public void Dispose() => _body.Dispose();

    [Fact]
    public async Task Pieces_that_are_there_go_together_and_none_waits_for_the_next()
    {
        Say("role");
        Say("one");
        var sending = SendAsync();

        Assert.Equal("role|one", await _body.Flushed.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Say("two");
        Assert.Equal("two", await _body.Flushed.Reader.ReadAsync(TestContext.Current.CancellationToken));
        Say("three");
        _pieces.Writer.Complete();
        await sending;

        Assert.Equal("role|one|two|three|", System.Text.Encoding.UTF8.GetString(_body.ToArray()));
    }

    [Fact]
    public async Task What_fails_in_the_middle_is_told_after_what_was_said()
    {
        Say("one");
        _pieces.Writer.Complete(SensoriumException.Overloaded("Too much.", TimeSpan.FromSeconds(1)));

        await SendAsync();

        Assert.Equal("one|Too much.", System.Text.Encoding.UTF8.GetString(_body.ToArray()));
    }

    private void Say(string piece) => Assert.True(_pieces.Writer.TryWrite(System.Text.Encoding.UTF8.GetBytes($"{piece}|")));

    private async Task SendAsync()
    {
        var context = new DefaultHttpContext { Response = { Body = _body } };
        await StreamedAnswer.SendAsync(
            context, StreamedAnswer.Events, _pieces.Reader.ReadAllAsync(TestContext.Current.CancellationToken), error => System.Text.Encoding.UTF8.GetBytes(error.Message));
    }

    /// <summary>What was written between one flush and the next.</summary>
    private sealed class FlushedBody : MemoryStream
    {
        private long _from;

        public Channel<string> Flushed { get; } = Channel.CreateUnbounded<string>();

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flushed.Writer.TryWrite(System.Text.Encoding.UTF8.GetString(ToArray()[(int)_from..]).TrimEnd('|'));
            _from = Length;
            return Task.CompletedTask;
        }
    }
}

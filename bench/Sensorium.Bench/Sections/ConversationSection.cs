using Sensorium.Bench.Contenders;
using Sensorium.Bench.Load;
using Sensorium.Bench.Measuring;

namespace Sensorium.Bench.Sections;

/// <summary>
/// Users who send their last pictures with every turn, one of them new: the same load on servers that keep nothing, that keep what they encode in
/// memory, and on two replicas that share it in Redis and have nothing in memory, where each turn of a user goes to the other replica.
/// </summary>
internal sealed class ConversationSection(Contestants contestants)
{
    private const string Off = "off";
    private const string Memory = "memory";
    private const string Redis = "redis";

    public async Task<Section> CreateAsync()
    {
        var (off, memory) = (await contestants.SensoriumWithoutCacheAsync(), await contestants.SensoriumAsync());
        var (replicas, redis) = await contestants.ReplicasWithRedisAsync();
        return new Section(
            "conversation",
            [Talk(Off, [off]), Talk(Memory, [memory]), Talk(Redis, replicas, redis)],
            [
                new Ratio("conversation_ttft_gain", round => FirstTokenGain(round, Memory)),
                new Ratio("conversation_ttft_gain_redis", round => FirstTokenGain(round, Redis)),
                new Ratio("conversation_rps_gain", round => RateGain(round, Memory)),
                new Ratio("conversation_rps_gain_redis", round => RateGain(round, Redis)),
            ]);
    }

    private static double FirstTokenGain(IReadOnlyDictionary<string, Sample> round, string step) =>
        1 - (round[step][Sample.FirstTokenP50] / round[Off][Sample.FirstTokenP50]);

    private static double RateGain(IReadOnlyDictionary<string, Sample> round, string step) =>
        (round[step][Sample.CallsPerSecond] / round[Off][Sample.CallsPerSecond]) - 1;

    // Conversations go on from window to window, as those of users do.
    private Step Talk(string name, SensoriumServer[] servers, params int[] others)
    {
        var options = contestants.Options;
        Conversation[] users = [.. Enumerable.Range(0, options.Users).Select(user => new Conversation(contestants.Small, options.PicturesOfTurn, options.Turns, firstTurn: user % options.Turns))];
        return new Step(name, () => contestants.Meter.ClosedLoopAsync(
            name, [.. servers.Select(server => server.ProcessId), .. others], users.Length, user => TurnAsync(servers, user, users[user]), () => EncodedAsync(servers)));
    }

    private Task<CallOutcome> TurnAsync(SensoriumServer[] servers, int user, Conversation conversation)
    {
        var pictures = conversation.Next();
        return servers[conversation.Turn % servers.Length].CaptionAsync(user, pictures, contestants.Options.TokensOfTurn);
    }

    private static async Task<double> EncodedAsync(SensoriumServer[] servers)
    {
        var counts = await Task.WhenAll(servers.Select(server => server.EncodedPicturesAsync()));
        return counts.Sum();
    }
}

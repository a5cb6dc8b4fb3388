using System.Globalization;
using Sensorium.Bench;
using Sensorium.Bench.Bare;
using Sensorium.Bench.Echo;

// run OPTIONS: measures. echo PORT, bare PACK THREADS: contenders that a run starts. render JSON: writes docs/performance.md.
var root = Environment.GetEnvironmentVariable("SENSORIUM_ROOT") ?? Directory.GetCurrentDirectory();
return args switch
{
    ["run", .. var options] => await Run.ExecuteAsync(BenchOptions.Parse(options, root)),
    ["echo", var port] => await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["bare", var pack, var threads] => await BareLoop.RunAsync(pack, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["render", var json] => Sensorium.Bench.Reporting.PerformancePage.Write(json, root),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("run [--sections A,B] [--json FILE] … | echo PORT | bare PACK THREADS | render JSON");
    return 2;
}

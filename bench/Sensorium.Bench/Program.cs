using System.Globalization;
using Sensorium.Bench;
using Sensorium.Bench.Bare;
using Sensorium.Bench.DecoderStep;
using Sensorium.Bench.Echo;
using Sensorium.Bench.Faces;
using Sensorium.Bench.Families;
using Sensorium.Bench.Soak;
using Sensorium.Onnx.Sessions;

// The bare sessions of a run do not go through the product's session factory.
RuntimeTelemetry.Disable();

// run OPTIONS: measures. families OPTIONS: measures each family of models. faces OPTIONS: measures each face. soak OPTIONS: breaks what can break. echo PORT, bare PACK THREADS: contenders that a run starts. decoder-step PACK THREADS
// [REFERENCE]: for bench/quality. render JSON: writes docs/performance.md, docs/families.md, docs/faces.md, or the tables of docs/search.md.
var root = Environment.GetEnvironmentVariable("SENSORIUM_ROOT") ?? Directory.GetCurrentDirectory();
return args switch
{
    ["run", .. var options] => await Run.ExecuteAsync(BenchOptions.Parse(options, root)),
    ["families", .. var options] => await FamilyRun.ExecuteAsync(FamilyOptions.Parse(options, root)),
    ["faces", .. var options] => await FaceRun.ExecuteAsync(FaceOptions.Parse(options, root)),
    ["soak", .. var options] => await SoakRun.ExecuteAsync(SoakOptions.Parse(options, root)),
    ["scale", .. var options] => await Sensorium.Bench.Scale.ScaleCommand.RunAsync(options, root),
    ["replica", var address, var milliseconds] => await Sensorium.Bench.Scale.Replica.ServeAsync(address, milliseconds),
    ["echo", var port] => await EchoServer.RunAsync(int.Parse(port, CultureInfo.InvariantCulture)),
    ["bare", var pack, var threads] => await BareLoop.RunAsync(pack, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["decoder-step", var pack, var threads] => StepTiming.Run(pack, null, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["decoder-step", var pack, var threads, var reference] =>
        StepTiming.Run(pack, reference, int.Parse(threads, CultureInfo.InvariantCulture)),
    ["render", var json] => Sensorium.Bench.Reporting.PerformancePage.Write(json, root),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("run [--sections A,B] [--json FILE] … | families [--only A,B] [--json FILE] … | faces [--json FILE] … | soak [--sections A,B] [--json FILE] … | echo PORT | bare PACK THREADS | decoder-step PACK THREADS [REFERENCE] | render JSON");
    return 2;
}

using BenchmarkDotNet.Running;
using Sensorium.Bench.Micro;

// No arguments of our own: times and allocations by BenchmarkDotNet. --check: allocations against the ceilings, in
// seconds. --write-ceilings: makes what is measured now the ceiling.
return args switch
{
    ["--check"] => AllocationCheck.Compare(),
    ["--write-ceilings"] => AllocationCheck.Write(),
    _ => Measure(args),
};

static int Measure(string[] args)
{
    BenchmarkSwitcher.FromAssembly(typeof(AllocationCheck).Assembly).Run(args.Length == 0 ? ["--filter", "*", "--job", "short"] : args);
    return 0;
}

using Sensorium.Gateway;
using Sensorium.Gateway.Quantizing;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;

return args switch
{
    ["check", var folder, .. var settings] => await GatewayApplication.CreateForCheck(settings).CheckFolderAsync(folder, Console.Out),
    ["quantize", var folder, .. var arguments] => await QuantizeApplication.RunAsync(folder, arguments, Console.Out, Console.Error),
    _ => await GatewayApplication.Create(args).RunSensoriumAsync(),
};

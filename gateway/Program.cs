using Sensorium.Gateway;
using Sensorium.Gateway.Quantizing;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;

return args switch
{
    ["check", var folder, .. var settings] =>
        await SensoriumHost.RunAsync(() => GatewayApplication.CreateForCheck(settings), app => app.CheckFolderAsync(folder, Console.Out)),
    ["quantize", var folder, .. var arguments] => await QuantizeApplication.RunAsync(folder, arguments, Console.Out, Console.Error),
    _ => await SensoriumHost.RunAsync(() => GatewayApplication.Create(args)),
};

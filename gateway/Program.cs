using Sensorium.Gateway;
using Sensorium.Hosting.Grpc.Serving;
using Sensorium.Hosting.Hosts;

return args is ["check", var folder, .. var settings]
    ? await GatewayApplication.CreateForCheck(settings).CheckFolderAsync(folder, Console.Out)
    : await GatewayApplication.Create(args).RunSensoriumAsync();

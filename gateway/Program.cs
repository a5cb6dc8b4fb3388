using Sensorium.Gateway;
using Sensorium.Hosting.Hosts;

return await GatewayApplication.Create(args).RunSensoriumAsync();

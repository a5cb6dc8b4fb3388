using Sensorium.Text;

return await TextModule.RunAsync(args);

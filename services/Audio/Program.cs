using Sensorium.Audio;

return await AudioModule.RunAsync(args);

using Sensorium.Generation;

return await GenerationModule.RunAsync(args);

using Sensorium.ImageGeneration;

return await ImageGenerationModule.RunAsync(args);

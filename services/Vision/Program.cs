using Sensorium.Vision;

return await VisionModule.RunAsync(args);

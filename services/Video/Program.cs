using Sensorium.Video;

return await VideoModule.RunAsync(args);

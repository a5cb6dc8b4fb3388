using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sensorium.Core.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sniffing;
using Sensorium.Media.Sound;
using Sensorium.Media.Sources;

namespace Sensorium.Media;

public static class MediaRegistration
{
    /// <summary>
    /// Registers decoding (pictures, sound, video, subtitles), the media store, <see cref="IMediaResolver"/>,
    /// <see cref="IUriFetcher"/> and the sniffer. References to other processes resolve if the host also registers an
    /// <see cref="IRemoteMediaReader"/>. May be called more than once.
    /// </summary>
    public static IHostApplicationBuilder AddSensoriumMedia(this IHostApplicationBuilder builder)
    {
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.AddMediaOptions<MediaStoreOptions, MediaStoreOptionsValidator>(MediaStoreOptions.Section);
        builder.AddMediaOptions<ImagingOptions, ImagingOptionsValidator>(ImagingOptions.Section);
        builder.Services.TryAddSingleton(services => new DecodingBudget(services.GetRequiredService<IOptions<ImagingOptions>>().Value.MaxBytesAtOnce));
        builder.Services.TryAddSingleton<IImageDecoder, ImageDecoder>();
        builder.AddMediaOptions<FfmpegOptions, FfmpegOptionsValidator>(FfmpegOptions.Section);
        builder.Services.TryAddSingleton(services => new StoreFolder(services.GetRequiredService<IOptions<MediaStoreOptions>>().Value.Directory));
        builder.Services.TryAddSingleton<IMediaStore, MediaStore>();
        builder.Services.TryAddSingleton<FfmpegRunner>();
        builder.Services.TryAddSingleton<MediaProber>();
        builder.Services.TryAddSingleton<IMediaProber>(services => new CachingMediaProber(services.GetRequiredService<MediaProber>()));
        builder.Services.TryAddSingleton<SoundReader>();
        builder.Services.TryAddSingleton<ISoundReader>(services => new WaveSoundReader(services.GetRequiredService<SoundReader>()));
        builder.Services.TryAddSingleton<IFrameReader, FrameReader>();
        builder.Services.TryAddSingleton<ISubtitleReader, SubtitleReader>();
        builder.Services.TryAddSingleton<IVideoWriter, VideoWriter>();
        builder.AddMediaOptions<UriFetcherOptions, UriFetcherOptionsValidator>(UriFetcherOptions.Section);
        builder.Services.TryAddSingleton<AddressGuard>();
        builder.Services.TryAddSingleton<IUriFetcher, UriFetcher>();
        builder.Services.TryAddSingleton<IMediaSniffer, MediaSniffer>();
        builder.Services.TryAddSingleton<IMediaResolver>(services =>
            new MediaResolver(services.GetRequiredService<IMediaStore>(), services.GetService<IRemoteMediaReader>()));
        return builder;
    }

    private static void AddMediaOptions<TOptions, TValidator>(this IHostApplicationBuilder builder, string section)
        where TOptions : class
        where TValidator : class, IValidateOptions<TOptions>
    {
        builder.Services.AddOptions<TOptions>().Bind(builder.Configuration.GetSection(section)).ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, TValidator>());
    }
}

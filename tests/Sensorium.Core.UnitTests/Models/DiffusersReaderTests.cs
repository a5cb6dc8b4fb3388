using Sensorium.Core.Diffusion.Sampling;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Xunit;

namespace Sensorium.Core.UnitTests.Models;

/// <summary>Folders of the diffusers library, read without loading a graph.</summary>
public sealed class DiffusersReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-diffusers-").FullName;

    public DiffusersReaderTests()
    {
        Write("model_index.json", """{"_class_name": "StableDiffusionPipeline", "unet": ["diffusers", "OnnxRuntimeModel"]}""");
        Write("scheduler/scheduler_config.json", """{"_class_name": "PNDMScheduler", "beta_schedule": "scaled_linear", "beta_start": 0.00085, "beta_end": 0.012, "steps_offset": 1, "skip_prk_steps": true}""");
        Write("tokenizer/tokenizer_config.json", "{}");
        foreach (var graph in (string[])["text_encoder", "unet", "vae_decoder"])
        {
            Write($"{graph}/model.onnx", graph);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sizes_are_those_of_the_files_or_the_usual()
    {
        var usual = Read().Pack!.Diffusion!;
        Assert.Equal((512, 8, 64, 77, 0.18215, false), (usual.DefaultSide, usual.PixelsPerLatent, usual.SizeStep, usual.MaxTokens, usual.ScalingFactor, usual.ReadsPictures));
        var revision = usual.GetRevision(_ => "fp32");
        Write("unet/config.json", """{"in_channels": 4, "sample_size": 96, "block_out_channels": [1, 2, 3]}""");
        Write("vae_decoder/config.json", """{"latent_channels": 4, "scaling_factor": 0.13, "block_out_channels": [1, 2]}""");
        Write("text_encoder/config.json", """{"max_position_embeddings": 12}""");
        Write("vae_encoder/model.onnx", "encoder");
        var own = Read().Pack!.Diffusion!;

        Assert.Equal((192, 2, 8, 12, 0.13, true), (own.DefaultSide, own.PixelsPerLatent, own.SizeStep, own.MaxTokens, own.ScalingFactor, own.ReadsPictures));
        Assert.NotEqual(revision, own.GetRevision(_ => "fp32"));
        Assert.Equal("diffusers", ModelOverview.Of(Read(), []).Family);
        Assert.Equal([ModelTask.GenerateImage], Read().Keys.Select(key => key.Task));
    }

    [Fact]
    public void Guidance_is_the_folder_s_where_it_says_so()
    {
        Assert.Null(Read().Pack!.Diffusion!.Guidance);
        Write("model_index.json", """{"guidance_scale": 2.5}""");
        Assert.Equal(2.5, Read().Pack!.Diffusion!.Guidance);
        Write("model_index.json", """{"guidance_scale": -1}""");
        Assert.Contains("guidance_scale of -1", Read().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sampler_has_the_defaults_of_its_class()
    {
        var samplers = Read().Pack!.Diffusion!.Samplers;

        Assert.Equal((SamplerKind.Ddim, TimestepSpacing.Leading, BetaSchedule.ScaledLinear, 1), (samplers[0].Sampler, samplers[0].Spacing, samplers[0].Betas, samplers[0].StepsOffset));
        Assert.Null(samplers[0].ClipRange);
        Assert.Equal(TimestepSpacing.Linspace, samplers.Single(config => config.Sampler == SamplerKind.Euler).Spacing);
        Assert.Equal(Enum.GetValues<SamplerKind>().Order(), samplers.Select(config => config.Sampler).Order());
    }

    [Fact]
    public void Every_part_that_is_missing_is_named()
    {
        Directory.Delete(Path.Combine(_folder, "unet"), recursive: true);
        Directory.Delete(Path.Combine(_folder, "tokenizer"), recursive: true);
        File.Delete(Path.Combine(_folder, "scheduler", "scheduler_config.json"));

        var problem = Read().Problem!;

        Assert.All(["'unet/model.onnx'", "'tokenizer'", "'scheduler/scheduler_config.json'"], part => Assert.Contains(part, problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("transformer")]
    [InlineData("text_encoder_2")]
    public void Layouts_that_are_fed_in_another_way_are_named(string part)
    {
        Write("model_index.json", $$"""{"{{part}}": ["diffusers", "Model"], "safety_checker": [null, null]}""");

        Assert.Contains($"'{part}'", Read().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"_class_name": "UniPCMultistepScheduler"}""", "UniPCMultistepScheduler")]
    [InlineData("""{"_class_name": "EulerDiscreteScheduler", "use_karras_sigmas": true}""", "use_karras_sigmas")]
    [InlineData("""{"_class_name": "DDIMScheduler", "rescale_betas_zero_snr": true, "thresholding": true}""", "thresholding")]
    [InlineData("""{"_class_name": "DDIMScheduler", "prediction_type": "flow"}""", "flow")]
    [InlineData("""{"_class_name": "DPMSolverMultistepScheduler", "algorithm_type": "sde-dpmsolver++"}""", "sde-dpmsolver++")]
    [InlineData("""{"_class_name": "DDIMScheduler", "beta_start": 2}""", "betas from 2")]
    [InlineData("""{"_class_name": "DDIMScheduler", "num_train_timesteps": 0}""", "0 timesteps")]
    [InlineData("""{"_class_name": "DDIMScheduler", "trained_betas": [0.1]}""", "1 trained_betas")]
    [InlineData("""{"_class_name": "DDIMScheduler", "beta_start": "small"}""", "cannot be read")]
    [InlineData("[1]", "cannot be read")]
    [InlineData("{", "cannot be read")]
    public void What_a_scheduler_asks_for_and_nobody_does_is_named(string scheduler, string named)
    {
        Write("scheduler/scheduler_config.json", scheduler);

        Assert.Contains(named, Read().Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_paints_into_pictures_is_none_of_these()
    {
        Write("unet/config.json", """{"in_channels": 9}""");
        Write("vae_decoder/config.json", """{"latent_channels": 4}""");

        Assert.Contains("9 channels", Read().Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model_index.json", "[]", "no object")]
    [InlineData("model_index.json", "{", "model_index.json cannot be read")]
    [InlineData("unet/config.json", """{"sample_size": -8}""", "-8 for 'sample_size'")]
    [InlineData("text_encoder/config.json", """{"max_position_embeddings": 1e300}""", "'max_position_embeddings'")]
    public void Files_that_say_what_cannot_be_are_named(string path, string content, string named)
    {
        Write(path, content);

        Assert.Contains(named, Read().Problem, StringComparison.Ordinal);
    }

    private CatalogModel Read() => ModelCatalog.ReadFolder(_folder, new ModelsOptions(), []);

    private void Write(string path, string content)
    {
        var file = Path.Combine(_folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
    }
}

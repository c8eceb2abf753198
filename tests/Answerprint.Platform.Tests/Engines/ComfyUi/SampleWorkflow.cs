using System.Text;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

/// <summary>Workflows in API form, as the editor exports them.</summary>
internal static class SampleWorkflow
{
    public const string TextToPicture = """
        {
          "3": { "inputs": { "seed": 156680208700286, "steps": 20, "cfg": 8, "sampler_name": "euler", "model": ["4", 0], "positive": ["6", 0], "negative": ["7", 0], "latent_image": ["5", 0] }, "class_type": "KSampler", "_meta": { "title": "Sampler answerprint:seed answerprint:number:steps@steps answerprint:choice:sampler@sampler_name" } },
          "4": { "inputs": { "ckpt_name": "studio-base.safetensors" }, "class_type": "CheckpointLoaderSimple", "_meta": { "title": "Load checkpoint" } },
          "5": { "inputs": { "width": 512, "height": 512, "batch_size": 1 }, "class_type": "EmptyLatentImage", "_meta": { "title": "answerprint:width answerprint:height" } },
          "6": { "inputs": { "text": "a harbour in fog", "clip": ["4", 1] }, "class_type": "CLIPTextEncode", "_meta": { "title": "answerprint:prompt" } },
          "7": { "inputs": { "text": "text, watermark", "clip": ["4", 1] }, "class_type": "CLIPTextEncode", "_meta": { "title": "answerprint:prompt:negative" } },
          "8": { "inputs": { "samples": ["3", 0], "vae": ["4", 2] }, "class_type": "VAEDecode", "_meta": { "title": "VAE decode" } },
          "9": { "inputs": { "filename_prefix": "ComfyUI", "images": ["8", 0] }, "class_type": "SaveImage", "_meta": { "title": "Save image" } }
        }
        """;

    public const string PictureToPicture = """
        {
          "1": { "inputs": { "image": "example.png" }, "class_type": "LoadImage", "_meta": { "title": "answerprint:image:reference" } },
          "2": { "inputs": { "image": "example.png", "channel": "red" }, "class_type": "LoadImageMask", "_meta": { "title": "answerprint:mask" } },
          "3": { "inputs": { "seed": 1, "steps": 20, "cfg": 8.0, "sampler_name": "euler", "model": ["4", 0], "positive": ["6", 0], "negative": ["6", 0], "latent_image": ["1", 0] }, "class_type": "KSampler", "_meta": { "title": "answerprint:seed" } },
          "4": { "inputs": { "ckpt_name": "studio-base.safetensors" }, "class_type": "CheckpointLoaderSimple" },
          "6": { "inputs": { "text": "the same, at dusk", "clip": ["4", 1] }, "class_type": "CLIPTextEncode", "_meta": { "title": "answerprint:prompt" } },
          "8": { "inputs": { "samples": ["3", 0], "vae": ["4", 2] }, "class_type": "VAEDecode" },
          "9": { "inputs": { "filename_prefix": "look", "images": ["8", 0] }, "class_type": "SaveImage", "_meta": { "title": "answerprint:output" } },
          "10": { "inputs": { "images": ["8", 0] }, "class_type": "PreviewImage" }
        }
        """;

    public const string ControlledVideo = """
        {
          "1": { "inputs": { "file": "example.mp4" }, "class_type": "LoadVideo", "_meta": { "title": "answerprint:video:depth" } },
          "2": { "inputs": { "file": "example.mp4" }, "class_type": "LoadVideo", "_meta": { "title": "answerprint:video:edges" } },
          "3": { "inputs": { "file": "example.mp4" }, "class_type": "LoadVideo", "_meta": { "title": "answerprint:video:motion" } },
          "4": { "inputs": { "file": "example.mp4" }, "class_type": "LoadVideo", "_meta": { "title": "answerprint:video:mask" } },
          "5": { "inputs": { "ckpt_name": "studio-base.safetensors" }, "class_type": "CheckpointLoaderSimple" },
          "6": { "inputs": { "text": "a lighthouse falls", "clip": ["5", 1] }, "class_type": "CLIPTextEncode", "_meta": { "title": "answerprint:prompt" } },
          "7": { "inputs": { "seed": 1, "steps": 20, "cfg": 8.0, "sampler_name": "euler", "model": ["5", 0], "positive": ["6", 0], "negative": ["6", 0], "latent_image": ["1", 0] }, "class_type": "KSampler", "_meta": { "title": "answerprint:seed" } },
          "8": { "inputs": { "video": ["7", 0], "filename_prefix": "video/ComfyUI", "format": "auto", "codec": "auto" }, "class_type": "SaveVideo", "_meta": { "title": "answerprint:output" } }
        }
        """;

    public static byte[] Bytes(string json) => Encoding.UTF8.GetBytes(json);
}

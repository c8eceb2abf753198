using System.CommandLine;
using Answerprint.Cli.Shell;
using Answerprint.Imaging.GreyBox;
using Answerprint.Imaging.GreyBox.Models;
using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Studio.Look;

namespace Answerprint.Cli.Synth;

/// <summary><c>synth look --model FILE.glb</c>: a form from Blender, alone or as part of a scene.</summary>
internal static partial class LookVerb
{
    private static readonly Option<FileInfo[]> ModelFiles = new("--model")
    {
        Description = "A form: binary glTF (.glb), or a .blend file where Blender is installed. With a scene its meshes name it by its file's name; without one it is the scene", HelpName = "FILE",
    };

    /// <summary>The models by their files' names.</summary>
    private static async Task<IReadOnlyDictionary<string, Model>> ModelsAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var models = new Dictionary<string, Model>(StringComparer.Ordinal);
        foreach (var file in parsed.GetValue(ModelFiles) ?? [])
        {
            var bytes = await InputFile.ReadAsync(file, BlenderExport.MaxBytes, "a model", cancellationToken);
            if (BlenderExport.IsBlend(bytes))
            {
                var (glb, problem) = await BlenderExport.ToGlbAsync(bytes, new MediaOptions(), cancellationToken);
                bytes = glb ?? throw new VerbException(ExitCode.Failed, $"'{file.Name}': {problem}");
            }
            models[file.Name] = InputFile.Parse(file, () => GlbReader.Read(bytes));
        }
        return models;
    }

    private static async Task<GreyBoxScene> SceneAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var models = await ModelsAsync(parsed, cancellationToken);
        if (parsed.GetValue(Scene) is { } file) return await InputFile.ReadAsync(file, SceneLimits.MaxBytes, "a scene", bytes => SceneReader.Read(bytes, models), cancellationToken);
        return models.Count == 1 ? models.Values.Single().Scene(models.Keys.Single()) : throw new VerbException(ExitCode.WrongUse, "several models need a scene that says where they stand");
    }
}

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
            if (!file.Exists) throw new VerbException(ExitCode.NothingFound, $"there is no file '{file.FullName}'");
            if (file.Length > BlenderExport.MaxBytes) throw new VerbException(ExitCode.Failed, $"'{file.Name}' has {file.Length} bytes; a model has at most {BlenderExport.MaxBytes}");
            var bytes = await File.ReadAllBytesAsync(file.FullName, cancellationToken);
            if (BlenderExport.IsBlend(bytes))
            {
                var (glb, problem) = await BlenderExport.ToGlbAsync(bytes, new MediaOptions(), cancellationToken);
                bytes = glb ?? throw new VerbException(ExitCode.Failed, $"'{file.Name}': {problem}");
            }
            try
            {
                models[file.Name] = GlbReader.Read(bytes);
            }
            catch (ModelFormatException error)
            {
                throw new VerbException(ExitCode.Failed, $"'{file.Name}': {error.Message}");
            }
        }
        return models;
    }

    private static async Task<GreyBoxScene> SceneAsync(ParseResult parsed, CancellationToken cancellationToken)
    {
        var models = await ModelsAsync(parsed, cancellationToken);
        if (parsed.GetValue(Scene) is { } file) return await ReadAsync(file, models, cancellationToken);
        return models.Count == 1 ? models.Values.Single().Scene(models.Keys.Single()) : throw new VerbException(ExitCode.WrongUse, "several models need a scene that says where they stand");
    }
}

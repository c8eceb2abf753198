using System.Security.Cryptography;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Media.Contracts;

namespace Answerprint.Platform.Promotion.Making;

/// <summary>What artwork is pinned to: the builds of the libraries and the very typefaces.</summary>
internal sealed class ArtworkBuild(MediaOptions media)
{
    private volatile string? description;

    /// <summary>Found out once; two askers at the same moment find the same.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken) => description ??= await LookAsync(cancellationToken);

    private async Task<string> LookAsync(CancellationToken cancellationToken)
    {
        var versions = await MediaVersions.DetectAsync(media, cancellationToken);
        using var faces = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var treatment in TitleTreatment.All) faces.AppendData(await FaceAsync(treatment, cancellationToken));
        return $"frame artwork 1; FFmpeg {versions.Ffmpeg}; libvips {versions.Libvips}; typefaces {Convert.ToHexStringLower(faces.GetHashAndReset())[..16]}";
    }

    /// <summary>SHA-256 over the files of a family as they are here.</summary>
    private static async Task<byte[]> FaceAsync(TitleTreatment treatment, CancellationToken cancellationToken)
    {
        var list = await ProgramOutput.ReadAsync("fc-list", ["-f", "%{file}\n", $":family={treatment.Family}"], "fontconfig", cancellationToken);
        var files = list.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0) throw new RecipeException($"the typeface '{treatment.Family}' is not installed; './answerprint up' installs or names its package");
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files) hash.AppendData(SHA256.HashData(await File.ReadAllBytesAsync(file, cancellationToken)));
        return hash.GetHashAndReset();
    }
}

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

    /// <summary>SHA-256 of the file that the family's name leads to here.</summary>
    private static async Task<byte[]> FaceAsync(TitleTreatment treatment, CancellationToken cancellationToken)
    {
        var path = await ProgramOutput.ReadAsync("fc-match", ["-f", "%{file}", treatment.Family], "fontconfig", cancellationToken);
        if (!File.Exists(path)) throw new RecipeException($"no typeface is found for '{treatment.Family}'; install the packages that './answerprint up' names");
        await using var file = File.OpenRead(path);
        return await SHA256.HashDataAsync(file, cancellationToken);
    }
}

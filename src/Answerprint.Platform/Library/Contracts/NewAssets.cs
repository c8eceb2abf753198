using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Looks;
using Answerprint.Platform.Library.Words;
using Answerprint.Platform.Storage.Contracts;

namespace Answerprint.Platform.Library.Contracts;

/// <summary>Takes what a job made into the library's index, in the transaction that puts it on record. The worker's: it decodes pictures.</summary>
public sealed class NewAssets
{
    private readonly LookReader reader;

    internal NewAssets(LookReader reader) => this.reader = reader;

    /// <summary>The look version of an asset that the keeper is to look at: it shows nothing yet, or lacks a picture that shows it small.</summary>
    private const int Pending = 0;

    /// <summary>The looks of an asset to be, before the transaction; empty where nothing can be seen of it yet: the keeper then makes what shows it.</summary>
    /// <param name="asset">Its kind and media type.</param>
    /// <param name="path">Where its bytes lie.</param>
    /// <param name="renditions">Its renditions, with where their bytes lie.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<IReadOnlyList<LibraryLook>> LookAsync(
        Asset asset, string path, IEnumerable<(RenditionKind Kind, int Tiles, string Path)> renditions, CancellationToken cancellationToken) =>
        renditions.ToList() is var made && LookReader.LacksThumbnail(asset, made.Select(rendition => rendition.Kind))
            ? Task.FromResult<IReadOnlyList<LibraryLook>>([])
            : reader.ReadAsync(LookReader.SourcesOf(asset, path, made), cancellationToken);

    /// <summary>Adds an asset's entry with its looks; the caller saves.</summary>
    public static void Add(AnswerprintDb db, Asset asset, IReadOnlyList<LibraryLook> looks)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(asset);
        ArgumentNullException.ThrowIfNull(looks);
        foreach (var look in looks) look.AssetId = asset.Id;
        db.AddRange(looks);
        db.Add(new LibraryEntry { AssetId = asset.Id, LookVersion = looks.Count > 0 ? Look.Version : Pending });
    }

    /// <summary>Writes the words of assets whose rows are saved, in the same transaction; the caller saves.</summary>
    public static Task WriteWordsAsync(AnswerprintDb db, IReadOnlyCollection<Guid> assets, CancellationToken cancellationToken) => WordIndex.WriteAsync(db, assets, cancellationToken);
}

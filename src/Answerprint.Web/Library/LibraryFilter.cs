using System.Buffers.Text;
using Answerprint.Imaging.Colour;
using Answerprint.Imaging.Quality.Looks;
using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Find;

namespace Answerprint.Web.Library;

/// <summary>What someone looks for in the library, as an address says it. A value that is not known is left out, so that an old link still shows something.</summary>
public sealed record LibraryFilter
{
    private const int MaxText = 200;
    private const int MostTags = 8;
    private const int MostColours = 5;

    /// <summary>How many are on a page.</summary>
    public const int PageSize = 60;

    public string Text { get; init; } = "";
    public AssetKind? Kind { get; init; }
    public string Production { get; init; } = "";
    public RightsKind? Rights { get; init; }
    public Standing? Standing { get; init; }
    public string Owner { get; init; } = "";
    public string Licence { get; init; } = "";
    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<Rgb24> Colours { get; init; } = [];
    public Guid? Like { get; init; }
    /// <summary>The look of a picture that is no asset, as the address carries it.</summary>
    public string Look { get; init; } = "";
    public Guid? Group { get; init; }
    public bool EveryCopy { get; init; }
    public int Page { get; init; } = 1;

    /// <summary>Whether nothing narrows what is shown.</summary>
    public bool IsAny => this with { Page = 1, EveryCopy = false } is { Text: "", Kind: null, Production: "", Rights: null, Standing: null, Owner: "", Licence: "", Tags.Count: 0, Colours.Count: 0, Like: null, Look: "", Group: null };

    public static LibraryFilter From(IQueryCollection query)
    {
        ArgumentNullException.ThrowIfNull(query);
        string Of(string name) => query[name].ToString().Trim() is var text && text.Length > MaxText ? text[..MaxText] : text;
        return new LibraryFilter
        {
            Text = Of("q"), Kind = One<AssetKind>(query["kind"]), Production = Of("production"), Rights = One<RightsKind>(query["rights"]),
            Standing = One<Standing>(query["standing"]) ?? (One<AssetState>(query["state"]) == AssetState.Quarantined ? Platform.Library.Contracts.Standing.TakenDown : null),
            Owner = Of("owner"), Licence = Of("licence"), Like = Guid.TryParse(query["like"], out var like) ? like : null, Group = Guid.TryParse(query["group"], out var group) ? group : null,
            Tags = [.. query["tag"].Select(text => Tag.TryParse(text, out var tag) ? tag : "").Where(tag => tag.Length > 0).Distinct().Take(MostTags)],
            Colours = [.. query["colour"].Select(Colour).OfType<Rgb24>().Distinct().Take(MostColours)], Look = LookIn(query["look"]) is null ? "" : query["look"].ToString(),
            EveryCopy = query["copies"] == "all", Page = int.TryParse(query["page"], out var page) ? Math.Clamp(page, 1, 10_000) : 1,
        };
    }

    public FindReferencesRequest Request => new()
    {
        Words = Text, Kind = Kind, Production = Production, Rights = Rights, Standing = Standing, Owner = Owner, Licence = Licence, Tags = Tags, Colours = Colours, LikeAsset = Like, LikeLook = LookIn(Look),
        Group = Group, OneOfEachGroup = !EveryCopy, Skip = (Page - 1) * PageSize, Take = PageSize,
    };

    /// <summary>The address of this view.</summary>
    public string Url
    {
        get
        {
            var parts = new List<string>();
            void Add(string name, string value)
            {
                if (value.Length > 0) parts.Add($"{name}={Uri.EscapeDataString(value)}");
            }
            Add("q", Text);
            Add("kind", Kind?.ToString() ?? "");
            Add("production", Production);
            Add("rights", Rights?.ToString() ?? "");
            Add("standing", Standing?.ToString() ?? "");
            Add("owner", Owner);
            Add("licence", Licence);
            foreach (var tag in Tags) Add("tag", tag);
            foreach (var colour in Colours) Add("colour", colour.ToString()[1..]);
            Add("like", Like?.ToString() ?? "");
            Add("look", Look);
            Add("group", Group?.ToString() ?? "");
            Add("copies", EveryCopy ? "all" : "");
            Add("page", Page > 1 ? Page.ToString(System.Globalization.CultureInfo.InvariantCulture) : "");
            return parts.Count == 0 ? "/library" : "/library?" + string.Join('&', parts);
        }
    }

    /// <summary>The same with one thing changed; on its first page.</summary>
    public LibraryFilter First => this with { Page = 1 };

    /// <summary>How an address carries a look.</summary>
    public static string TextOf(Look look) => Base64Url.EncodeToString(look.Bytes);

    private static Look? LookIn(string? text)
    {
        if (text is not { Length: > 0 and < 1024 } || !Base64Url.IsValid(text, out var length) || length != Imaging.Quality.Looks.Look.Size) return null;
        return Imaging.Quality.Looks.Look.FromBytes(Base64Url.DecodeFromChars(text));
    }

    /// <summary>A colour as <c>aabbcc</c> or <c>#aabbcc</c>.</summary>
    public static Rgb24? Colour(string? text)
    {
        var digits = text?.TrimStart('#') ?? "";
        return digits.Length == 6 && int.TryParse(digits, System.Globalization.NumberStyles.AllowHexSpecifier, System.Globalization.CultureInfo.InvariantCulture, out var code)
            ? new Rgb24((byte)(code >> 16), (byte)(code >> 8), (byte)code) : null;
    }

    private static T? One<T>(string? text)
        where T : struct, Enum => Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value) && !int.TryParse(text, out _) ? value : null;
}

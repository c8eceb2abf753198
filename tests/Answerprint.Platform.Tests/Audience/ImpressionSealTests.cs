using Answerprint.Platform.Audience.Events;
using Answerprint.Platform.Storage.Contracts;
using FsCheck;
using FsCheck.Fluent;

namespace Answerprint.Platform.Tests.Audience;

public sealed class ImpressionSealTests : IDisposable
{
    private readonly DataFolder _folder = new(Path.Combine(Path.GetTempPath(), "answerprint-" + Guid.NewGuid().ToString("N")));

    private static readonly ImpressionClaim Claim = new(
        Guid.Parse("00000000-0000-0000-0000-000000000001"), Guid.Parse("00000000-0000-0000-0000-000000000002"), null,
        "genre:Drama", 3, 7, 1.0, "recency-1", new PageView(1_763_766_000_000, 0x9f3a01bc));

    public void Dispose() => Directory.Delete(_folder.Root, recursive: true);

    public static TheoryData<string, Func<ImpressionClaim, ImpressionClaim>> Changes => new()
    {
        { "profile", claim => claim with { ProfileId = Guid.NewGuid() } },
        { "title", claim => claim with { TitleId = Guid.NewGuid() } },
        { "artwork", claim => claim with { ArtworkId = Guid.NewGuid() } },
        { "empty artwork", claim => claim with { ArtworkId = Guid.Empty } },
        { "row", claim => claim with { Row = "genre:Comedy" } },
        { "row position", claim => claim with { RowPosition = 4 } },
        { "position", claim => claim with { Position = 8 } },
        { "probability", claim => claim with { Probability = 0.999999 } },
        { "policy", claim => claim with { Policy = "recency-2" } },
        { "time", claim => claim with { View = claim.View with { IssuedAtMs = claim.View.IssuedAtMs + 1 } } },
        { "nonce", claim => claim with { View = claim.View with { Nonce = 0 } } },
        { "text moved between fields", claim => claim with { Row = claim.Row + "r", Policy = claim.Policy[1..] } },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Every_field_is_sealed(string field, Func<ImpressionClaim, ImpressionClaim> change)
    {
        var seal = new ImpressionSeal(_folder);
        Assert.True(seal.IdOf(change(Claim)) != seal.IdOf(Claim), field);
    }

    [Fact]
    public void The_same_claim_has_the_same_id_after_a_restart_and_another_in_another_installation()
    {
        var id = new ImpressionSeal(_folder).IdOf(Claim);
        Assert.Equal(id, new ImpressionSeal(_folder).IdOf(Claim));
        File.WriteAllBytes(Path.Combine(_folder.Keys, "impressions.key"), new byte[32]);
        Assert.NotEqual(id, new ImpressionSeal(_folder).IdOf(Claim));
    }

    [Fact]
    public void An_id_is_the_head_of_the_hmac_that_rfc_2104_gives()
    {
        File.WriteAllBytes(Path.Combine(_folder.Keys, "impressions.key"), [.. Enumerable.Range(0, 32).Select(value => (byte)value)]);
        // Computed apart from this program, with the hmac module of CPython over the documented layout.
        Assert.Equal(Guid.Parse("a23b3147-6d6c-9e98-db88-f0af2ae79ab8"), new ImpressionSeal(_folder).IdOf(Claim));
    }

    [Fact]
    public void The_key_is_the_owners_alone()
    {
        _ = new ImpressionSeal(_folder);
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_folder.Keys, "impressions.key")));
        Assert.Single(Directory.GetFiles(_folder.Keys));
    }

    [Fact]
    public void A_cut_key_is_refused()
    {
        File.WriteAllBytes(Path.Combine(_folder.Keys, "impressions.key"), new byte[31]);
        Assert.Throws<InvalidDataException>(() => new ImpressionSeal(_folder));
    }

    [Fact]
    public void A_view_reads_what_it_wrote() => Prop.ForAll<uint, long>((nonce, issued) =>
    {
        var view = new PageView(Math.Abs(issued % 1_000_000_000_000_000), nonce);
        return PageView.TryParse(view.ToString(), out var read) && read == view;
    }).Check(Config.QuickThrowOnFailure);

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("1763766000000")]
    [InlineData("1763766000000-9f3a01b")]
    [InlineData("1763766000000-9f3a01bcc")]
    [InlineData("-1763766000000-9f3a01bc")]
    [InlineData("99999999999999999999-9f3a01bc")]
    [InlineData(" 763766000000-9f3a01bc")]
    [InlineData("1763766000000-9f3a01bz")]
    public void What_is_no_view_is_not_read(string text) => Assert.False(PageView.TryParse(text, out _));
}

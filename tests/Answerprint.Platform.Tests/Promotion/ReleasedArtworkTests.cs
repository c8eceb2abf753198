using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Promotion;
using Answerprint.Platform.Promotion.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Promotion;

public sealed class ReleasedArtworkTests : IAsyncLifetime
{
    private TestPlatform platform = null!;

    public async Task InitializeAsync() => platform = await TestPlatform.StartAsync();

    public async Task DisposeAsync() => await platform.DisposeAsync();

    [Theory]
    [InlineData(Use.Ideation, false)]
    [InlineData(Use.Temp, false)]
    [InlineData(Use.OnScreenBackground, false)]
    [InlineData(Use.Marketing, true)]
    [InlineData(Use.Advertising, true)]
    [InlineData(Use.FinalDeliverable, true)]
    public async Task Viewers_see_only_what_was_released_for_them(Use use, bool shown)
    {
        var asset = new Asset { Id = Guid.CreateVersion7() };
        var artwork = new Artwork { Id = Guid.CreateVersion7(), AssetId = asset.Id, Aspect = "16:9" };
        var recipe = platform.Services.GetServices<IRecipe>().Single(recipe => recipe.Name == RequestArtwork.Recipe);
        await platform.WithDbAsync(async db =>
        {
            db.Add(artwork);
            await db.SaveChangesAsync();
            await recipe.ReleasedAsync(db, asset, new Release { Id = Guid.CreateVersion7(), AssetId = asset.Id, Use = use.ToString() }, CancellationToken.None);
            return await db.SaveChangesAsync();
        });
        var after = await platform.WithDbAsync(db => db.Set<Artwork>().AsNoTracking().SingleAsync(other => other.Id == artwork.Id));
        Assert.Equal((shown, shown), (after.IsPublished, after.ReleaseId is not null));
    }
}

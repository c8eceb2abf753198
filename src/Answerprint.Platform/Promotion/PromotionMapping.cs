using Answerprint.Platform.Promotion.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Promotion;

internal sealed class PromotionMapping : IEntityTypeConfiguration<Artwork>
{
    public void Configure(EntityTypeBuilder<Artwork> builder)
    {
        builder.ToTable("artworks");
        builder.HasIndex(artwork => new { artwork.TitleId, artwork.IsPublished });
        builder.HasIndex(artwork => artwork.AssetId);
        builder.HasIndex(artwork => artwork.JobId);
    }
}

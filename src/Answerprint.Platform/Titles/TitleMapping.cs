using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Titles;

internal sealed class TitleMapping : IEntityTypeConfiguration<Title>
{
    public void Configure(EntityTypeBuilder<Title> builder)
    {
        builder.ToTable("titles");
        builder.Property(title => title.Slug).HasMaxLength(160);
        builder.Property(title => title.Name).HasMaxLength(400);
        builder.HasIndex(title => title.Slug).IsUnique();
        builder.HasIndex(title => new { title.Genre, title.ReleasedAt });
        builder.HasIndex(title => title.ReleasedAt);
        builder.HasIndex(title => title.ProductionId);
    }
}

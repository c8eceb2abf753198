using Answerprint.Platform.Audience.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Audience;

internal sealed class AudienceMapping : IEntityTypeConfiguration<Impression>, IEntityTypeConfiguration<Play>
{
    public void Configure(EntityTypeBuilder<Impression> builder)
    {
        builder.ToTable("impressions");
        builder.Property(impression => impression.Row).HasMaxLength(120);
        builder.HasIndex(impression => new { impression.ProfileId, impression.AtMs });
    }

    public void Configure(EntityTypeBuilder<Play> builder)
    {
        builder.ToTable("plays");
        builder.HasIndex(play => new { play.ProfileId, play.StartedAtMs });
    }
}

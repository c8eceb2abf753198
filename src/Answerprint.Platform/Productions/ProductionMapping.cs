using Answerprint.Platform.Productions.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Productions;

internal sealed class ProductionMapping :
    IEntityTypeConfiguration<Production>, IEntityTypeConfiguration<Scene>, IEntityTypeConfiguration<Shot>,
    IEntityTypeConfiguration<ShotVersion>, IEntityTypeConfiguration<ReviewNote>
{
    public void Configure(EntityTypeBuilder<Production> builder)
    {
        builder.ToTable("productions");
        builder.Property(production => production.Code).HasMaxLength(8);
        builder.Property(production => production.Name).HasMaxLength(200);
        builder.HasIndex(production => production.Code).IsUnique();
    }

    public void Configure(EntityTypeBuilder<Scene> builder)
    {
        builder.ToTable("scenes");
        builder.HasIndex(scene => new { scene.ProductionId, scene.Code }).IsUnique();
        builder.HasOne<Production>().WithMany().HasForeignKey(scene => scene.ProductionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Shot> builder)
    {
        builder.ToTable("shots");
        builder.HasIndex(shot => new { shot.SceneId, shot.Code }).IsUnique();
        builder.HasOne<Scene>().WithMany().HasForeignKey(shot => shot.SceneId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ShotVersion> builder)
    {
        builder.ToTable("shot_versions");
        builder.HasIndex(version => new { version.ShotId, version.Number }).IsUnique();
        builder.HasIndex(version => version.AssetId);
        builder.HasOne<Shot>().WithMany().HasForeignKey(version => version.ShotId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ReviewNote> builder)
    {
        builder.ToTable("review_notes");
        builder.HasIndex(note => note.VersionId);
        builder.HasOne<ShotVersion>().WithMany().HasForeignKey(note => note.VersionId).OnDelete(DeleteBehavior.Cascade);
    }
}

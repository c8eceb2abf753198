using Answerprint.Platform.Productions.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Productions;

internal sealed class ProductionMapping :
    IEntityTypeConfiguration<Production>, IEntityTypeConfiguration<Scene>, IEntityTypeConfiguration<Shot>,
    IEntityTypeConfiguration<ShotVersion>, IEntityTypeConfiguration<ReviewNote>, IEntityTypeConfiguration<FileImport>, IEntityTypeConfiguration<ImportedFile>
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

    public void Configure(EntityTypeBuilder<FileImport> builder)
    {
        builder.ToTable("imports");
        builder.Property(import => import.Source).HasMaxLength(200);
        builder.HasIndex(import => import.CreatedAt);
        builder.HasOne<Production>().WithMany().HasForeignKey(import => import.ProductionId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ImportedFile> builder)
    {
        builder.ToTable("import_files");
        builder.HasKey(file => new { file.ImportId, file.Number });
        builder.Property(file => file.Name).HasMaxLength(400);
        builder.HasOne<FileImport>().WithMany().HasForeignKey(file => file.ImportId).OnDelete(DeleteBehavior.Cascade);
    }
}

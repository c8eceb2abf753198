using Answerprint.Platform.Assets.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Assets;

internal sealed class AssetMapping :
    IEntityTypeConfiguration<Asset>, IEntityTypeConfiguration<AssetInput>, IEntityTypeConfiguration<Rendition>,
    IEntityTypeConfiguration<SequenceFrame>, IEntityTypeConfiguration<Release>, IEntityTypeConfiguration<AssetHold>
{
    public void Configure(EntityTypeBuilder<Asset> builder)
    {
        builder.ToTable("assets");
        builder.Property(asset => asset.Name).HasMaxLength(400);
        builder.HasIndex(asset => asset.ProductionId);
        builder.HasIndex(asset => asset.BlobSha256);
        builder.HasIndex(asset => asset.JobId);
        builder.HasIndex(asset => asset.Owner);
        builder.ComplexProperty(asset => asset.Shares);
    }

    public void Configure(EntityTypeBuilder<AssetInput> builder)
    {
        builder.ToTable("asset_inputs");
        builder.HasKey(input => new { input.AssetId, input.SourceId, input.Part });
        builder.HasIndex(input => input.SourceId);
        builder.HasOne<Asset>().WithMany().HasForeignKey(input => input.AssetId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Asset>().WithMany().HasForeignKey(input => input.SourceId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<Rendition> builder)
    {
        builder.ToTable("renditions");
        builder.HasKey(rendition => new { rendition.AssetId, rendition.Kind });
        builder.HasOne<Asset>().WithMany().HasForeignKey(rendition => rendition.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SequenceFrame> builder)
    {
        builder.ToTable("sequence_frames");
        builder.HasKey(frame => new { frame.AssetId, frame.Number });
        builder.HasOne<Asset>().WithMany().HasForeignKey(frame => frame.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Release> builder)
    {
        builder.ToTable("releases");
        builder.HasIndex(release => release.AssetId);
        builder.HasIndex(release => release.BlobSha256);
        builder.HasOne<Asset>().WithMany().HasForeignKey(release => release.AssetId).OnDelete(DeleteBehavior.Restrict);
    }

    public void Configure(EntityTypeBuilder<AssetHold> builder)
    {
        builder.ToTable("asset_holds");
        builder.HasIndex(hold => hold.AssetId);
        builder.HasIndex(hold => hold.WithdrawalId);
        builder.HasOne<Asset>().WithMany().HasForeignKey(hold => hold.AssetId).OnDelete(DeleteBehavior.Cascade);
    }
}

using Answerprint.Platform.Withdrawal.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Withdrawal;

internal sealed class WithdrawalMapping :
    IEntityTypeConfiguration<WithdrawalRecord>, IEntityTypeConfiguration<WithdrawnAsset>, IEntityTypeConfiguration<WithdrawnPublication>,
    IEntityTypeConfiguration<Remake>, IEntityTypeConfiguration<RemadeAsset>
{
    public void Configure(EntityTypeBuilder<WithdrawalRecord> builder)
    {
        builder.ToTable("withdrawals");
        builder.HasIndex(withdrawal => withdrawal.MadeAt);
    }

    public void Configure(EntityTypeBuilder<WithdrawnAsset> builder)
    {
        builder.ToTable("withdrawn_assets");
        builder.HasKey(asset => new { asset.WithdrawalId, asset.AssetId });
        builder.HasIndex(asset => asset.AssetId);
        builder.HasOne<WithdrawalRecord>().WithMany().HasForeignKey(asset => asset.WithdrawalId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<WithdrawnPublication> builder)
    {
        builder.ToTable("withdrawn_publications");
        builder.HasKey(publication => new { publication.WithdrawalId, publication.ArtworkId });
        builder.HasOne<WithdrawalRecord>().WithMany().HasForeignKey(publication => publication.WithdrawalId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<Remake> builder)
    {
        builder.ToTable("remakes");
        builder.HasIndex(remake => remake.WithdrawalId);
        builder.HasIndex(remake => remake.State);
        builder.HasOne<WithdrawalRecord>().WithMany().HasForeignKey(remake => remake.WithdrawalId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<RemadeAsset> builder)
    {
        builder.ToTable("remade_assets");
        builder.HasKey(asset => new { asset.RemakeId, asset.OldAssetId });
        builder.HasIndex(asset => asset.OldAssetId);
        builder.HasOne<Remake>().WithMany().HasForeignKey(asset => asset.RemakeId).OnDelete(DeleteBehavior.Cascade);
    }
}

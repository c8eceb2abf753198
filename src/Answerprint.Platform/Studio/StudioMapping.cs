using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Studio.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Studio;

internal sealed class StudioMapping : IEntityTypeConfiguration<Painting>, IEntityTypeConfiguration<StudioBoard>, IEntityTypeConfiguration<StudioDraft>
{
    public void Configure(EntityTypeBuilder<Painting> builder)
    {
        builder.ToTable("paintings");
        builder.HasKey(painting => painting.AssetId);
        builder.HasOne<Asset>().WithMany().HasForeignKey(painting => painting.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<StudioBoard> builder)
    {
        builder.ToTable("studio_boards");
        builder.Property(board => board.Name).HasMaxLength(200);
        builder.HasIndex(board => board.ProductionId);
    }

    public void Configure(EntityTypeBuilder<StudioDraft> builder)
    {
        builder.ToTable("studio_drafts");
        builder.Property(draft => draft.Note).HasMaxLength(1000);
        builder.HasIndex(draft => draft.BoardId);
        builder.HasIndex(draft => draft.JobId);
        builder.HasOne<StudioBoard>().WithMany().HasForeignKey(draft => draft.BoardId).OnDelete(DeleteBehavior.Cascade);
        builder.HasOne<Job>().WithMany().HasForeignKey(draft => draft.JobId).OnDelete(DeleteBehavior.Restrict);
    }
}

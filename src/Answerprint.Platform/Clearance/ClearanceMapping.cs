using Answerprint.Platform.Clearance.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Clearance;

internal sealed class ClearanceMapping : IEntityTypeConfiguration<Decision>, IEntityTypeConfiguration<AuditEntry>
{
    public void Configure(EntityTypeBuilder<Decision> builder)
    {
        builder.ToTable("decisions");
        builder.Ignore(decision => decision.Allows);
        builder.HasIndex(decision => decision.JobId);
        builder.HasIndex(decision => decision.AssetId);
        builder.HasIndex(decision => new { decision.State, decision.EscalatedTo });
    }

    public void Configure(EntityTypeBuilder<AuditEntry> builder)
    {
        builder.ToTable("audit");
        builder.HasKey(entry => entry.Number);
        builder.Property(entry => entry.Number).ValueGeneratedNever();
        builder.HasIndex(entry => new { entry.SubjectKind, entry.SubjectId });
    }
}

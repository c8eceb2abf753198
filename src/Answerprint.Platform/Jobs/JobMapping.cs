using Answerprint.Platform.Jobs.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Jobs;

internal sealed class JobMapping : IEntityTypeConfiguration<Job>
{
    public void Configure(EntityTypeBuilder<Job> builder)
    {
        builder.ToTable("jobs");
        builder.Property(job => job.Name).HasMaxLength(400);
        builder.Ignore(job => job.HasEnded);
        builder.HasIndex(job => new { job.Hash, job.Run }).IsUnique();
        builder.HasIndex(job => new { job.State, job.Priority });
        builder.HasIndex(job => new { job.ProductionId, job.CreatedAt });
    }
}

using Answerprint.Platform.Engines.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Engines;

internal sealed class EnginesMapping : IEntityTypeConfiguration<ComfyUiWorkflow>
{
    public void Configure(EntityTypeBuilder<ComfyUiWorkflow> builder)
    {
        builder.ToTable("comfyui_workflows");
        builder.HasIndex(workflow => workflow.BlobSha256);
    }
}

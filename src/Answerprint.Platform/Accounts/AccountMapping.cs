using Answerprint.Platform.Accounts.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Accounts;

internal sealed class AccountMapping :
    IEntityTypeConfiguration<Account>, IEntityTypeConfiguration<ApiKey>, IEntityTypeConfiguration<ViewerProfile>, IEntityTypeConfiguration<SetupLink>
{
    public void Configure(EntityTypeBuilder<Account> builder) => builder.Property(account => account.DisplayName).HasMaxLength(120);

    public void Configure(EntityTypeBuilder<ApiKey> builder)
    {
        builder.ToTable("api_keys");
        builder.Property(key => key.Name).HasMaxLength(120);
        builder.HasIndex(key => key.SecretSha256).IsUnique();
        builder.HasOne<Account>().WithMany().HasForeignKey(key => key.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<ViewerProfile> builder)
    {
        builder.ToTable("viewer_profiles");
        builder.Property(profile => profile.Name).HasMaxLength(60);
        builder.HasOne<Account>().WithMany().HasForeignKey(profile => profile.AccountId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<SetupLink> builder)
    {
        builder.ToTable("setup_links");
        builder.HasKey(link => link.SecretSha256);
    }
}

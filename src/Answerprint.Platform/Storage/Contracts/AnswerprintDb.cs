using Answerprint.Platform.Accounts.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Platform.Storage.Contracts;

/// <summary>The records of the studio. Each slice maps its own entities by an <see cref="IEntityTypeConfiguration{TEntity}"/> in its folder.</summary>
/// <param name="options">Provider and connection.</param>
public sealed class AnswerprintDb(DbContextOptions<AnswerprintDb> options) : IdentityDbContext<Account, IdentityRole<Guid>, Guid>(options)
{
    /// <inheritdoc/>
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Identity maps passkeys only where its store options say so; the schema must not hang on which program opens it.
        builder.Entity<IdentityUserPasskey<Guid>>(passkey =>
        {
            passkey.ToTable("AspNetUserPasskeys");
            passkey.HasKey(key => key.CredentialId);
            passkey.Property(key => key.CredentialId).HasMaxLength(1024);
            passkey.OwnsOne(key => key.Data, data => data.ToJson());
            passkey.HasOne<Account>().WithMany().HasForeignKey(key => key.UserId).IsRequired();
        });
        builder.ApplyConfigurationsFromAssembly(typeof(AnswerprintDb).Assembly);
    }

    /// <inheritdoc/>
    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        configurationBuilder.Properties<DateTimeOffset>().HaveConversion<UnixMicroseconds>();
        foreach (var type in typeof(AnswerprintDb).Assembly.GetTypes().Where(type => type is { IsEnum: true, IsPublic: true }))
            configurationBuilder.Properties(type).HaveConversion<string>().HaveMaxLength(40);
    }
}

using Answerprint.Platform.Assets.Contracts;
using Answerprint.Platform.Library.Contracts;
using Answerprint.Platform.Library.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Answerprint.Platform.Library;

internal sealed class LibraryMapping :
    IEntityTypeConfiguration<LibraryEntry>, IEntityTypeConfiguration<LibraryLook>, IEntityTypeConfiguration<LibraryWord>,
    IEntityTypeConfiguration<LibraryTag>, IEntityTypeConfiguration<LibraryCursor>
{
    public void Configure(EntityTypeBuilder<LibraryEntry> builder)
    {
        builder.ToTable("library_entries");
        builder.HasKey(entry => entry.AssetId);
        builder.HasIndex(entry => entry.GroupId);
        builder.HasIndex(entry => new { entry.LookVersion, entry.IsGrouped });
        builder.HasOne<Asset>().WithMany().HasForeignKey(entry => entry.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LibraryLook> builder)
    {
        builder.ToTable("library_looks");
        builder.HasKey(look => new { look.AssetId, look.Frame });
        builder.HasIndex(look => look.IndexedAt);
        builder.HasOne<Asset>().WithMany().HasForeignKey(look => look.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LibraryWord> builder)
    {
        builder.ToTable("library_words");
        builder.HasKey(word => new { word.Prefix, word.Word, word.AssetId });
        builder.Property(word => word.Prefix).HasMaxLength(WordList.PrefixLength);
        builder.Property(word => word.Word).HasMaxLength(WordList.MaxLength);
        builder.HasIndex(word => word.AssetId);
        builder.HasOne<Asset>().WithMany().HasForeignKey(word => word.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LibraryTag> builder)
    {
        builder.ToTable("library_tags");
        builder.HasKey(tag => new { tag.AssetId, tag.Tag });
        builder.Property(tag => tag.Tag).HasMaxLength(Tag.MaxLength);
        builder.HasIndex(tag => tag.Tag);
        builder.HasOne<Asset>().WithMany().HasForeignKey(tag => tag.AssetId).OnDelete(DeleteBehavior.Cascade);
    }

    public void Configure(EntityTypeBuilder<LibraryCursor> builder)
    {
        builder.ToTable("library_cursors");
        builder.HasKey(cursor => cursor.Name);
        builder.Property(cursor => cursor.Name).HasMaxLength(40);
    }
}

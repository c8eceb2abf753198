using Answerprint.Platform.Media.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Storage;

public sealed class InstallationSettingsTests : IDisposable
{
    private readonly DataFolder folder = new(Path.Combine(Path.GetTempPath(), $"answerprint-settings-{Guid.NewGuid():N}"));

    [Fact]
    public void A_new_data_folder_is_its_owners_alone()
    {
        if (OperatingSystem.IsWindows()) return;
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(folder.Root));
    }

    [Fact]
    public void Without_a_file_the_defaults_hold() => Assert.Equal(10, Media().Niceness);

    [Fact]
    public void A_limit_is_taken_from_the_file()
    {
        Write("""{ "media": { "niceness": 3, "limits": { "maxPixels": 4096 } } }""");
        Assert.Equal((3, 4096L), (Media().Niceness, Media().Limits.MaxPixels));
    }

    [Theory]
    [InlineData("""{ "media": { "nicenes": 3 } }""", "nicenes")]
    [InlineData("""{ "medai": { } , "medai": { "niceness": 3 } }""", "medai")]
    [InlineData("""{ "media": { "niceness": 30 } }""", "Niceness")]
    [InlineData("""{ "media": { "limits": { "maxPixels": 0 } } }""", "media limit")]
    [InlineData("""{ "media": """, "settings.json")]
    public void What_cannot_be_meant_is_refused_by_name(string json, string named)
    {
        Write(json);
        var error = Assert.ThrowsAny<Exception>(Media);
        Assert.Contains(named, error.ToString(), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    private void Write(string json) => File.WriteAllText(Path.Combine(folder.Root, InstallationSettings.FileName), json);

    private MediaOptions Media()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatform(folder, new StorageOptions());
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<MediaOptions>();
    }
}

using System.ComponentModel.DataAnnotations;
using Answerprint.Platform.Engines.ComfyUi;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Answerprint.Platform.Tests.Engines.ComfyUi;

public sealed class ComfyUiOptionsTests : IDisposable
{
    private readonly DataFolder folder = new(Directory.CreateTempSubdirectory("answerprint-comfyui-").FullName);

    public void Dispose() => Directory.Delete(folder.Root, recursive: true);

    [Fact]
    public void The_section_of_the_settings_is_read()
    {
        File.WriteAllText(Path.Combine(folder.Root, InstallationSettings.FileName), """{ "comfyui": { "address": "https://comfy.local/base/", "apiKey": "k", "timeout": "01:00:00" } }""");
        var options = Read();
        Assert.Equal(("https://comfy.local/base/", "k", TimeSpan.FromHours(1)), (options.Address, options.ApiKey, options.Timeout));
        Assert.DoesNotContain("k,", options.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{ "adress": "http://127.0.0.1" }""", "adress")]
    [InlineData("""{ "address": "ftp://127.0.0.1" }""", "comfyui.address")]
    [InlineData("""{ "address": "http://user:secret@127.0.0.1" }""", "comfyui.address")]
    [InlineData("""{ "address": "127.0.0.1:8188" }""", "comfyui.address")]
    [InlineData("""{ "address": "http://10.0.0.1", "apiKey": "k" }""", "unencrypted")]
    [InlineData("""{ "apiKey": "k" }""", "comfyui.address is not")]
    [InlineData("""{ "address": "http://127.0.0.1", "apiKey": "a b" }""", "printable ASCII")]
    [InlineData("""{ "address": "http://127.0.0.1", "timeout": "00:00:00" }""", "Timeout")]
    public void What_cannot_be_meant_is_refused(string section, string named)
    {
        File.WriteAllText(Path.Combine(folder.Root, InstallationSettings.FileName), $$"""{ "comfyui": {{section}} }""");
        Assert.Contains(named, Assert.ThrowsAny<Exception>(Read).ToString(), StringComparison.Ordinal);
    }

    private ComfyUiOptions Read()
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatform(folder, new StorageOptions());
        using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<IOptions<ComfyUiOptions>>().Value;
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }
}

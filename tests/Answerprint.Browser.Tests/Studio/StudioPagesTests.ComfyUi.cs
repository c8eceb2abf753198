using Microsoft.Playwright;

namespace Answerprint.Browser.Tests.Studio;

/// <summary>An outside engine that is not there: it says so, and how to come by it.</summary>
public sealed partial class StudioPagesTests
{
    private const string Workflow =
        """
        {
          "1": { "class_type": "CheckpointLoaderSimple", "inputs": { "ckpt_name": "harbour.safetensors" } },
          "2": { "class_type": "CLIPTextEncode", "inputs": { "text": "a pier", "clip": ["1", 1] }, "_meta": { "title": "answerprint:prompt" } },
          "3": { "class_type": "SaveImage", "inputs": { "images": ["1", 0], "filename_prefix": "pier" } }
        }
        """;

    [BrowserFact]
    public async Task ComfyUI_says_that_it_is_not_configured_takes_a_workflow_and_runs_none()
    {
        await using var artist = await studio.EnterAsync("comfyui");
        await artist.Page.GotoAsync("/make/comfyui");
        await artist.SeeAsync(artist.Main.GetByText("ComfyUI is not configured"));
        await artist.SeeAsync(artist.Main.GetByText("settings.json"));
        await artist.SeeAsync(AriaRole.Heading, "No workflow is registered");
        await artist.KeepPictureAsync("not-configured");
        await artist.Main.Locator("input[name=name]").FillAsync("Pier");
        await artist.Main.GetByText("Or paste it").ClickAsync();
        await artist.Main.GetByLabel("Workflow", new() { Exact = true }).FillAsync(Workflow);
        await artist.Main.GetByLabel("Licence and origin").FillAsync("Drawn here");
        await artist.ClickAsync(AriaRole.Button, "Register");
        await artist.SeeAsync(AriaRole.Heading, "Pier");
        await artist.SeeAsync(artist.Main.GetByText("harbour.safetensors").First);
        await Assertions.Expect(artist.Main.GetByRole(AriaRole.Button, new() { Name = "Run on ComfyUI" })).ToBeDisabledAsync();
        await artist.KeepPictureAsync("workflow");
        artist.ExpectNothingWrong();
    }

    [BrowserFact]
    public async Task A_ComfyUI_server_of_the_settings_that_does_not_answer_is_named_with_the_reason()
    {
        await using var server = await RunningServer.StartAsync($$"""{ "comfyui": { "address": "http://127.0.0.1:{{RunningServer.FreePort()}}" } }""");
        await using var owner = await new Journey(server, studio.Browser).OwnTheHouseAsync();
        await owner.Page.GotoAsync("/make/comfyui");
        await owner.SeeAsync(owner.Main.GetByText("ComfyUI is not reachable"));
        await owner.KeepPictureAsync("not-reachable");
        await owner.Page.GotoAsync("/system/engines");
        await owner.SeeAsync(owner.Main.GetByText("ComfyUI").First);
        owner.ExpectNothingWrong();
    }
}

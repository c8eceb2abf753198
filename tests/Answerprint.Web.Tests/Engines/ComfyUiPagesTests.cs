using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Jobs.Contracts;
using Answerprint.Platform.Tests.Engines.ComfyUi;

namespace Answerprint.Web.Tests.Engines;

public sealed class ComfyUiPagesTests(ComfyUiServer server) : IClassFixture<ComfyUiServer>
{
    [Fact]
    public async Task A_workflow_is_registered_its_form_is_made_from_its_marks_and_a_run_gives_a_picture()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var list = await browser.GetPageAsync("/make/comfyui");
        Assert.Contains("ComfyUI 0.3.60 is ready", list.Body!.TextContent, StringComparison.Ordinal);
        using var registered = await browser.SubmitAsync(list, "form[action='/make/comfyui']", "/make/comfyui",
            ("name", "Harbour from words"), ("workflow", SampleWorkflow.TextToPicture), ("licence", "Drawn here"), ("models", ""));
        Assert.Equal(HttpStatusCode.Found, registered.StatusCode);
        var address = registered.Headers.Location!.OriginalString.Split('?')[0];

        var page = await browser.GetPageAsync(address);
        Assert.Equal("a harbour in fog", page.QuerySelector("textarea[name='value:prompt']")!.TextContent);
        Assert.Equal(("16", "16384", "8"), (Of("value:width", "min"), Of("value:width", "max"), Of("value:width", "step")));
        Assert.Equal(["euler", "ddim"], page.QuerySelectorAll("select[name='value:choice:sampler'] option").Select(option => option.TextContent));
        Assert.Contains("registered", page.QuerySelectorAll(".verdicts li").Single(item => item.TextContent.Contains("studio-base.safetensors", StringComparison.Ordinal)).TextContent, StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("#answer .cluster"));
        string? Of(string name, string attribute) => page.QuerySelector($"input[name='{name}']")!.GetAttribute(attribute);

        using var run = await browser.SubmitAsync(page, "form.make", address, ("value:prompt", "a pier at night"), ("seed", "11"), ("value:width", "768"));
        Assert.True(run.StatusCode == HttpStatusCode.Found, await run.Content.ReadAsStringAsync());
        var job = Guid.Parse(run.Headers.Location!.OriginalString.Split('/')[^1]);
        await server.RunQueuedAsync();
        var done = await server.JobAsync(job);
        Assert.True(done.State == JobState.Done, done.Error);
        Assert.Contains("Harbour from words, seed 11", (await browser.GetPageAsync($"/make/jobs/{job}")).Body!.TextContent, StringComparison.Ordinal);
        var after = await browser.GetPageAsync(address);
        Assert.StartsWith("/media/assets/", after.QuerySelector("article.panel img")!.GetAttribute("src"), StringComparison.Ordinal);

        using var file = await browser.GetAsync(address + "/workflow.json");
        Assert.Equal(SampleWorkflow.TextToPicture, await file.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_is_wrong_with_a_workflow_is_said_beside_what_was_written()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var list = await browser.GetPageAsync("/make/comfyui");
        using var refused = await browser.SubmitAsync(list, "form[action='/make/comfyui']", "/make/comfyui",
            ("name", "Editor's form"), ("workflow", """{ "nodes": [], "links": [] }"""), ("licence", "x"), ("models", ""));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        var page = await TestBrowser.ParseAsync(refused);
        Assert.Contains("Export it again", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Equal("Editor's form", page.QuerySelector("input[name='name']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_file_is_taken_as_well_as_what_is_pasted()
    {
        var browser = await server.SignInAsync(Roles.Artist);
        var token = (await browser.GetPageAsync("/make/comfyui")).QuerySelector("form[action='/make/comfyui'] input[name='__RequestVerificationToken']")!.GetAttribute("value")!;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" }, { new StringContent("From a file"), "name" }, { new StringContent("Drawn here"), "licence" }, { new StringContent("upscaler one, other"), "models" },
            { new ByteArrayContent(SampleWorkflow.Bytes(SampleWorkflow.TextToPicture + "\n")), "file", "workflow.json" },
        };
        using var response = await browser.Client.PostAsync(new Uri("/make/comfyui", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        var page = await browser.GetPageAsync(response.Headers.Location!.OriginalString);
        Assert.Contains("model-upscaler-one", page.Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_are_chosen_from_the_production_and_a_missing_one_is_named()
    {
        var id = await RegisterAsync("Dusk", SampleWorkflow.PictureToPicture);
        var browser = await server.SignInAsync(Roles.Artist);
        var page = await browser.GetPageAsync($"/make/comfyui/{id}");
        Assert.NotNull(page.QuerySelector($"input[type=radio][name='picture:image:reference'][value='{server.Still.Id}']"));
        Assert.Contains("Image: reference is needed.", page.QuerySelector("#answer")!.TextContent, StringComparison.Ordinal);
        using var refused = await browser.SubmitAsync(page, "form.make", $"/make/comfyui/{id}", ("picture:mask", server.Still.Id.ToString()));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var asked = await browser.SubmitAsync(page, "form.make", $"/make/comfyui/{id}", ("picture:mask", server.Still.Id.ToString()), ("picture:image:reference", server.Still.Id.ToString()));
        Assert.Equal(HttpStatusCode.Found, asked.StatusCode);
    }

    [Fact]
    public async Task Scripts_do_what_pages_do()
    {
        var client = await server.ApiClientAsync(Roles.Artist);
        var state = await client.GetFromJsonAsync<JsonElement>("/api/v1/comfyui");
        Assert.Equal(("ready", "0.3.60"), (state.GetProperty("state").GetString(), state.GetProperty("version").GetString()));
        var id = await RegisterAsync("By script", SampleWorkflow.TextToPicture.Replace("0.3", "0.4", StringComparison.Ordinal) + "\n\n");
        var view = await client.GetFromJsonAsync<JsonElement>($"/api/v1/comfyui/workflows/{id}");
        Assert.Equal(7, view.GetProperty("fields").GetArrayLength());
        using var refused = await client.PostAsJsonAsync($"/api/v1/comfyui/workflows/{id}/runs", new { production = server.Production.Id, use = "ideation", values = new Dictionary<string, object> { ["colour"] = "red" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        using var ran = await client.PostAsJsonAsync($"/api/v1/comfyui/workflows/{id}/runs", new { production = server.Production.Id, use = "ideation", seed = 3, values = new Dictionary<string, object> { ["width"] = 640, ["prompt"] = "fog" } });
        var answer = await ran.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("queued", "clear"), (answer.GetProperty("jobState").GetString(), answer.GetProperty("answer").GetString()));
        await server.RunQueuedAsync();
        Assert.Equal(JobState.Done, (await server.JobAsync(answer.GetProperty("job").GetGuid())).State);
        Assert.Equal(HttpStatusCode.NoContent, (await client.DeleteAsync($"/api/v1/comfyui/workflows/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await client.DeleteAsync($"/api/v1/comfyui/workflows/{id}")).StatusCode);
    }

    [Fact]
    public async Task The_engine_is_ready_on_the_page_of_engines() =>
        Assert.Contains("0.3.60, cpu", (await (await server.SignInAsync(Roles.Engineer)).GetPageAsync("/system/engines")).QuerySelector("table")!.TextContent, StringComparison.Ordinal);

    [Fact]
    public async Task Viewers_and_readers_do_not_register()
    {
        using var viewer = await (await server.SignInAsync(Roles.Viewer)).GetAsync("/make/comfyui");
        Assert.Equal(HttpStatusCode.Forbidden, viewer.StatusCode);
        Assert.Null((await (await server.SignInAsync(Roles.Counsel)).GetPageAsync("/make/comfyui")).QuerySelector("form[action='/make/comfyui']"));
    }

    [Fact]
    public async Task A_workflow_that_is_not_there_is_a_page_that_says_so()
    {
        using var response = await (await server.SignInAsync(Roles.Artist)).GetAsync($"/make/comfyui/{Guid.NewGuid()}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Contains("No such workflow", (await TestBrowser.ParseAsync(response)).Body!.TextContent, StringComparison.Ordinal);
    }

    private async Task<Guid> RegisterAsync(string name, string workflow)
    {
        var client = await server.ApiClientAsync(Roles.Artist);
        using var response = await client.PostAsJsonAsync("/api/v1/comfyui/workflows", new { name, licence = "Drawn here", workflow = JsonSerializer.Deserialize<JsonElement>(workflow.Replace("\"ComfyUI\"", $"\"{name}\"", StringComparison.Ordinal)) });
        Assert.True(response.StatusCode == HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
    }
}

/// <summary>Without a server in the settings.</summary>
public sealed class ComfyUiNotConfiguredTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task The_page_says_how_to_configure_it_and_nothing_can_be_run()
    {
        var client = await server.ApiClientAsync(Roles.Artist);
        var state = await client.GetFromJsonAsync<JsonElement>("/api/v1/comfyui");
        Assert.Equal("notConfigured", state.GetProperty("state").GetString());
        using var registered = await client.PostAsJsonAsync("/api/v1/comfyui/workflows", new { name = "W", licence = "x", workflow = JsonSerializer.Deserialize<JsonElement>(SampleWorkflow.TextToPicture) });
        var id = (await registered.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        using var run = await client.PostAsJsonAsync($"/api/v1/comfyui/workflows/{id}/runs", new { production = Guid.NewGuid(), use = "ideation" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, run.StatusCode);
        Assert.Contains("ComfyUI is not configured", await run.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var page = await (await server.SignInAsync(Roles.Artist)).GetPageAsync("/make/comfyui");
        Assert.Contains("\"address\": \"http://127.0.0.1:8188\"", page.QuerySelector(".notice")!.TextContent, StringComparison.Ordinal);
    }
}

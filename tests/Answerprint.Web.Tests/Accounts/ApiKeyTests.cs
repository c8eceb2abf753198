using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore;

namespace Answerprint.Web.Tests.Accounts;

public sealed class ApiKeyTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_key_acts_for_its_account_with_its_scopes_only()
    {
        var actor = await server.ActorAsync(Roles.Producer, Roles.Artist);
        var client = await ClientAsync(actor, [Roles.Artist]);
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal(actor.AccountId, me.GetProperty("id").GetGuid());
        Assert.Equal([Roles.Artist], me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!));
        Assert.Equal("apiKey", me.GetProperty("via").GetString());
    }

    [Fact]
    public async Task A_key_loses_a_scope_that_its_account_loses()
    {
        var actor = await server.ActorAsync(Roles.Producer, Roles.Counsel);
        var client = await ClientAsync(actor, [Roles.Producer, Roles.Counsel]);
        var owner = await server.ActorAsync([.. Roles.All]);
        await server.UseAsync<SetRoles, SetRolesResult>(set => set.HandleAsync(new SetRolesRequest(actor.AccountId, [Roles.Producer]), owner, CancellationToken.None));
        var me = await client.GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal([Roles.Producer], me.GetProperty("roles").EnumerateArray().Select(role => role.GetString()!));
    }

    [Fact]
    public async Task A_key_makes_no_keys()
    {
        var client = await server.ApiClientAsync(Roles.Artist);
        using var response = await client.PostAsJsonAsync("/api/v1/keys", new { name = "another", scopes = new[] { Roles.Artist } });
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task A_revoked_key_is_refused_at_once()
    {
        var client = await server.ApiClientAsync(Roles.Engineer);
        var key = (await client.GetFromJsonAsync<JsonElement>("/api/v1/keys")).EnumerateArray().First();
        using var revoked = await client.DeleteAsync($"/api/v1/keys/{key.GetProperty("id").GetGuid()}");
        Assert.Equal(HttpStatusCode.NoContent, revoked.StatusCode);
        using var response = await client.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task An_expired_key_is_refused()
    {
        var actor = await server.ActorAsync(Roles.Marketing);
        var made = await MakeAsync(actor, [Roles.Marketing], days: 1);
        var client = With(made.Secret!);
        using (var before = await client.GetAsync("/api/v1/me")) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        await server.UseAsync<AnswerprintDb, int>(db => db.Set<ApiKey>().Where(key => key.Id == made.Key!.Id)
            .ExecuteUpdateAsync(set => set.SetProperty(key => key.ExpiresAt, DateTimeOffset.UtcNow.AddSeconds(-1))));
        Services<AccountDirectory>().Forget(actor.AccountId);
        using var after = await client.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, after.StatusCode);
    }

    [Fact]
    public async Task A_key_of_a_closed_account_is_refused()
    {
        var actor = await server.ActorAsync(Roles.Artist, Roles.Viewer);
        var client = await ClientAsync(actor, [Roles.Artist]);
        var owner = await server.ActorAsync([.. Roles.All]);
        await server.UseAsync<CloseAccount, CloseAccountResult>(close => close.HandleAsync(actor.AccountId, owner, CancellationToken.None));
        using var response = await client.GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("ap_")]
    [InlineData("ap_0000000000000000000000000000000000000000000")]
    [InlineData("ap_000000000000000000000000000000000000000000'")]
    [InlineData("zz_0000000000000000000000000000000000000000000")]
    public async Task A_made_up_key_is_refused(string key)
    {
        using var response = await With(key).GetAsync("/api/v1/me");
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_session_makes_a_key_only_with_an_antiforgery_token()
    {
        var browser = await server.SignInAsync(Roles.Producer);
        using var response = await browser.Client.PostAsJsonAsync("/api/v1/keys", new { name = "forged", scopes = new[] { Roles.Producer } });
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Another_persons_key_cannot_be_revoked()
    {
        var made = await MakeAsync(await server.ActorAsync(Roles.Producer), [Roles.Producer], null);
        var client = await server.ApiClientAsync(Roles.Artist);
        using var response = await client.DeleteAsync($"/api/v1/keys/{made.Key!.Id}");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task A_key_opens_no_page()
    {
        var client = await server.ApiClientAsync([.. Roles.All]);
        using var response = await client.GetAsync("/account");
        Assert.NotEqual(HttpStatusCode.OK, response.StatusCode);
    }

    private Task<CreateApiKeyResult> MakeAsync(Actor actor, string[] scopes, int? days) =>
        server.UseAsync<CreateApiKey, CreateApiKeyResult>(create => create.HandleAsync(new CreateApiKeyRequest("key", scopes, days), actor, CancellationToken.None));

    private async Task<HttpClient> ClientAsync(Actor actor, string[] scopes) => With((await MakeAsync(actor, scopes, null)).Secret!);

    private HttpClient With(string secret)
    {
        var client = server.NewBrowser().Client;
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", secret);
        return client;
    }

    private T Services<T>()
        where T : notnull => (T)server.Services.GetService(typeof(T))!;
}

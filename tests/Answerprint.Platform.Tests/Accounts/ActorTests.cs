using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Accounts;

public sealed class ActorTests : AccountsFixture
{
    [Theory]
    [InlineData(ActorVia.Session)]
    [InlineData(ActorVia.ApiKey)]
    public void An_actor_survives_the_way_through_a_principal(ActorVia via)
    {
        var actor = Owner with { Via = via, Roles = [Roles.Producer, Roles.Artist] };
        var back = actor.ToPrincipal("stamp").TryToActor()!;
        Assert.Equal(actor with { Roles = back.Roles }, back);
        Assert.Equal(actor.Roles, back.Roles);
        Assert.True(actor.ToPrincipal().IsInRole(Roles.Artist));
        Assert.False(actor.ToPrincipal().IsInRole(Roles.Owner));
    }

    [Fact]
    public void Nobody_is_no_actor()
    {
        var nobody = new System.Security.Claims.ClaimsPrincipal(new System.Security.Claims.ClaimsIdentity());
        Assert.Null(nobody.TryToActor());
        Assert.Throws<InvalidOperationException>(nobody.ToActor);
    }

    [Fact]
    public void Nobody_approves_their_own_request_by_any_way()
    {
        foreach (var via in Enum.GetValues<ActorVia>())
            Assert.Equal(RefusalKind.NotAllowed, SeparationOfDuties.Check(Owner.AccountId, Owner with { Via = via })!.Kind);
        Assert.Null(SeparationOfDuties.Check(Guid.NewGuid(), Owner));
    }

    [Fact]
    public async Task The_command_line_acts_as_the_owner_or_as_who_is_named()
    {
        var person = await PersonAsync("petra", Roles.Producer);
        var byDefault = await ResolveAsync(null);
        Assert.Equal((Owner.AccountId, ActorVia.CommandLine), (byDefault.Actor!.AccountId, byDefault.Actor.Via));
        Assert.Equal(Roles.All, byDefault.Actor.Roles);
        var named = await ResolveAsync("Petra@studio.example");
        Assert.Equal(person.AccountId, named.Actor!.AccountId);
        Assert.Equal([Roles.Producer], named.Actor.Roles);
        Assert.Equal(RefusalKind.NotFound, (await ResolveAsync("nobody@studio.example")).Refusal!.Kind);
        await UseAsync<CloseAccount, CloseAccountResult>(close => close.HandleAsync(person.AccountId, Owner, CancellationToken.None));
        Assert.NotNull((await ResolveAsync("petra@studio.example")).Refusal);
    }

    [Fact]
    public async Task A_service_is_made_once_and_keeps_the_roles_it_is_given()
    {
        var first = await EnsureAsync(Roles.Artist);
        var entries = (await ActionsAsync()).Count;
        Assert.Equal(first.AccountId, (await EnsureAsync(Roles.Artist)).AccountId);
        Assert.Equal(entries, (await ActionsAsync()).Count);
        var more = await EnsureAsync(Roles.Artist, Roles.Producer);
        Assert.Equal(first.AccountId, more.AccountId);
        Assert.Equal([Roles.Producer, Roles.Artist], more.Roles);
        Assert.Equal(ActorVia.Service, more.Via);
        await Assert.ThrowsAsync<ArgumentException>(() => EnsureAsync(Roles.Owner));
        await Assert.ThrowsAsync<ArgumentException>(() => EnsureAsync("director"));
    }

    [Fact]
    public async Task Services_wanted_at_the_same_moment_are_one()
    {
        var actors = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => EnsureAsync(Roles.Artist))));
        Assert.Single(actors.Select(actor => actor.AccountId).Distinct());
    }

    [Fact]
    public async Task A_key_knows_only_what_its_maker_held()
    {
        var person = await PersonAsync("petra", Roles.Producer, Roles.Artist);
        Assert.Equal("scopes", (await MakeAsync(person, null, Roles.Counsel)).Refusal!.Field);
        Assert.Equal("days", (await MakeAsync(person, 0, Roles.Artist)).Refusal!.Field);
        Assert.Equal("scopes", (await MakeAsync(person, null)).Refusal!.Field);
        var made = await MakeAsync(person, 30, Roles.Artist);
        Assert.Matches("^ap_[0-9A-Za-z]{43}$", made.Secret!);
        Assert.StartsWith(made.Key!.Prefix, made.Secret!, StringComparison.Ordinal);
        Assert.DoesNotContain(made.Secret!, made.Key.SecretSha256, StringComparison.Ordinal);
        var actor = await FindByKeyAsync(made.Secret!);
        Assert.Equal((person.AccountId, ActorVia.ApiKey), (actor!.AccountId, actor.Via));
        Assert.Equal([Roles.Artist], actor.Roles);
        Clock.Now += TimeSpan.FromDays(30);
        Assert.Null(await FindByKeyAsync(made.Secret!));
    }

    [Fact]
    public async Task An_account_has_at_most_twenty_working_keys()
    {
        for (var i = 0; i < CreateApiKey.MaxKeys; i++) Assert.Null((await MakeAsync(Owner, 1, Roles.Viewer)).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await MakeAsync(Owner, 1, Roles.Viewer)).Refusal!.Kind);
        Clock.Now += TimeSpan.FromDays(1);
        Assert.Null((await MakeAsync(Owner, 1, Roles.Viewer)).Refusal);
    }

    [Fact]
    public async Task An_account_has_one_to_five_profiles_with_names_of_their_own()
    {
        var first = Assert.Single((await FindAsync(Owner.AccountId))!.Profiles);
        Assert.Equal(RefusalKind.Conflict, (await UseAsync<ViewerProfiles, ViewerProfileResult>(profiles => profiles.DeleteAsync(first.Id, Owner, CancellationToken.None))).Refusal!.Kind);
        Assert.Equal("name", (await AddAsync("olive owner", 0)).Refusal!.Field);
        Assert.Equal("palette", (await AddAsync("Two", 8)).Refusal!.Field);
        foreach (var name in new[] { "Two", "Three", "Four", "Five" }) Assert.Null((await AddAsync(name, 1)).Refusal);
        Assert.Contains("limit is 5", (await AddAsync("Six", 1)).Refusal!.Reason, StringComparison.Ordinal);
        Assert.Null((await UseAsync<ViewerProfiles, ViewerProfileResult>(profiles => profiles.DeleteAsync(first.Id, Owner, CancellationToken.None))).Refusal);
        Assert.Equal(["Two", "Three", "Four", "Five"], (await FindAsync(Owner.AccountId))!.Profiles.Select(profile => profile.Name));
    }

    private Task<CommandLineActorResult> ResolveAsync(string? email) =>
        UseAsync<CommandLineActor, CommandLineActorResult>(actors => actors.ResolveAsync(email, CancellationToken.None));

    private Task<Actor> EnsureAsync(params string[] roles) =>
        UseAsync<ServiceAccounts, Actor>(services => services.EnsureAsync("Sample crew", roles, CancellationToken.None));

    private Task<CreateApiKeyResult> MakeAsync(Actor actor, int? days, params string[] scopes) => UseAsync<CreateApiKey, CreateApiKeyResult>(
        create => create.HandleAsync(new CreateApiKeyRequest("key", scopes, days), actor, CancellationToken.None));

    private Task<Actor?> FindByKeyAsync(string secret) =>
        Platform.Services.GetRequiredService<AccountDirectory>().FindByApiKeyAsync(secret, CancellationToken.None).AsTask();

    private Task<ViewerProfileResult> AddAsync(string name, int palette)
    {
        Clock.Now += TimeSpan.FromSeconds(1);
        return UseAsync<ViewerProfiles, ViewerProfileResult>(profiles => profiles.CreateAsync(new ViewerProfileRequest(name, palette), Owner, CancellationToken.None));
    }
}

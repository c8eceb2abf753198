using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Tests.Accounts;

public sealed class PeopleTests : AccountsFixture
{
    [Fact]
    public async Task An_invitation_works_once_and_for_three_days()
    {
        var invited = await InviteAsync("nina@studio.example");
        Clock.Now += TimeSpan.FromDays(3) - TimeSpan.FromSeconds(1);
        Assert.Null((await AcceptAsync(invited.LinkSecret!)).Refusal);
        Assert.Equal(RefusalKind.NotFound, (await AcceptAsync(invited.LinkSecret!)).Refusal!.Kind);

        var late = await InviteAsync("lars@studio.example");
        Clock.Now += TimeSpan.FromDays(3);
        Assert.Equal(RefusalKind.NotFound, (await AcceptAsync(late.LinkSecret!)).Refusal!.Kind);
    }

    [Fact]
    public async Task A_new_link_replaces_the_earlier_one_and_resets_the_password()
    {
        var person = await PersonAsync("petra", Roles.Producer);
        var first = await RenewAsync(person.AccountId, Owner);
        var second = await RenewAsync(person.AccountId, Owner);
        Assert.NotNull((await AcceptAsync(first.LinkSecret!)).Refusal);
        Assert.Null((await AcceptAsync(second.LinkSecret!, "another quiet reel of rain")).Refusal);
        Assert.NotNull((await SignInAsync("petra@studio.example", Password)).Refusal);
        Assert.Null((await SignInAsync("petra@studio.example", "another quiet reel of rain")).Refusal);
    }

    [Fact]
    public async Task A_refused_password_does_not_use_the_link_up()
    {
        var invited = await InviteAsync("nina@studio.example");
        Assert.Equal("password", (await AcceptAsync(invited.LinkSecret!, "short")).Refusal!.Field);
        Assert.Null((await AcceptAsync(invited.LinkSecret!)).Refusal);
    }

    [Theory]
    [InlineData("", "a@b.example", "name")]
    [InlineData("A\u0007", "a@b.example", "name")]
    [InlineData("Ann", "", "email")]
    [InlineData("Ann", "no address", "email")]
    [InlineData("Ann", "Ann <a@b.example>", "email")]
    [InlineData("Ann", "OLIVE@studio.example", "email")]
    public async Task An_invitation_that_cannot_be_is_refused_at_its_field(string name, string email, string field)
    {
        var result = await UseAsync<InvitePerson, InvitePersonResult>(
            invite => invite.HandleAsync(new InvitePersonRequest(name, email, [Roles.Viewer]), Owner, CancellationToken.None));
        Assert.Equal(field, result.Refusal!.Field);
        Assert.Single(await UseAsync<ListPeople, IReadOnlyList<Person>>(list => list.HandleAsync(CancellationToken.None)));
    }

    [Fact]
    public async Task Only_owners_invite_give_roles_and_close()
    {
        var producer = await PersonAsync("petra", Roles.Producer, Roles.Counsel);
        Assert.Equal(RefusalKind.NotAllowed, (await InviteAsync("x@studio.example", producer)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await SetAsync(producer.AccountId, producer, Roles.Owner)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await CloseAsync(Owner.AccountId, producer)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await RenewAsync(Owner.AccountId, producer)).Refusal!.Kind);
        Assert.Equal(RefusalKind.NotAllowed, (await InviteAsync("x@studio.example", Owner with { Via = ActorVia.ApiKey })).Refusal!.Kind);
    }

    [Fact]
    public async Task The_last_owner_stays_until_there_is_another()
    {
        var rest = Roles.All.Where(role => role != Roles.Owner).ToArray();
        Assert.Equal(RefusalKind.Conflict, (await SetAsync(Owner.AccountId, Owner, rest)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await CloseAsync(Owner.AccountId, Owner)).Refusal!.Kind);
        var second = await PersonAsync("otto", Roles.Owner);
        Assert.Null((await SetAsync(Owner.AccountId, second, rest)).Refusal);
        Assert.Equal(RefusalKind.Conflict, (await CloseAsync(second.AccountId, second)).Refusal!.Kind);
    }

    [Fact]
    public async Task Two_owners_who_remove_each_other_leave_one()
    {
        var second = await PersonAsync("otto", Roles.Owner);
        await Task.WhenAll(
            Task.Run(() => SetAsync(second.AccountId, Owner, Roles.Viewer)),
            Task.Run(() => SetAsync(Owner.AccountId, second, Roles.Viewer)));
        var people = await UseAsync<ListPeople, IReadOnlyList<Person>>(list => list.HandleAsync(CancellationToken.None));
        Assert.Single(people, person => person.Roles.Contains(Roles.Owner));
    }

    [Fact]
    public async Task A_changed_role_is_known_at_once_and_on_the_audit()
    {
        var person = await PersonAsync("petra", Roles.Producer);
        await SetAsync(person.AccountId, Owner, Roles.Artist, Roles.Counsel);
        Assert.Equal([Roles.Artist, Roles.Counsel], (await FindAsync(person.AccountId))!.Roles);
        Assert.Equal("account.roles-set", (await ActionsAsync())[^1]);
    }

    [Fact]
    public async Task What_another_process_changed_is_seen_after_half_a_minute()
    {
        Assert.Equal("Olive Owner", (await FindAsync(Owner.AccountId))!.Name);
        await Platform.WithDbAsync(db => Microsoft.EntityFrameworkCore.EntityFrameworkQueryableExtensions.ExecuteUpdateAsync(
            db.Users, set => set.SetProperty(account => account.DisplayName, "Olive O.")));
        Assert.Equal("Olive Owner", (await FindAsync(Owner.AccountId))!.Name);
        Clock.Now += AccountDirectory.Lifetime;
        Assert.Equal("Olive O.", (await FindAsync(Owner.AccountId))!.Name);
    }

    private Task<InvitePersonResult> InviteAsync(string email, Actor? by = null) => UseAsync<InvitePerson, InvitePersonResult>(
        invite => invite.HandleAsync(new InvitePersonRequest("Somebody", email, [Roles.Viewer]), by ?? Owner, CancellationToken.None));

    private Task<AcceptSetupResult> AcceptAsync(string secret, string password = Password) => UseAsync<AcceptSetup, AcceptSetupResult>(
        accept => accept.HandleAsync(new AcceptSetupRequest(secret, "Somebody", password), CancellationToken.None));

    private Task<SetRolesResult> SetAsync(Guid id, Actor by, params string[] roles) => UseAsync<SetRoles, SetRolesResult>(
        set => set.HandleAsync(new SetRolesRequest(id, roles), by, CancellationToken.None));

    private Task<CloseAccountResult> CloseAsync(Guid id, Actor by) =>
        UseAsync<CloseAccount, CloseAccountResult>(close => close.HandleAsync(id, by, CancellationToken.None));

    private Task<RenewSetupLinkResult> RenewAsync(Guid id, Actor by) =>
        UseAsync<RenewSetupLink, RenewSetupLinkResult>(renew => renew.HandleAsync(id, by, CancellationToken.None));
}

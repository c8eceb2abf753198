using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Tests.Accounts;

public sealed class OwnerlessTests : AccountsFixture
{
    protected override Task AddOwnerAsync() => Task.CompletedTask;

    [Fact]
    public async Task The_command_line_works_on_a_new_folder_as_a_local_operator_who_is_no_owner()
    {
        var first = await ResolveAsync();
        var second = await ResolveAsync();
        Assert.Equal(first.Actor!.AccountId, second.Actor!.AccountId);
        Assert.Equal([Roles.Producer, Roles.Artist], first.Actor.Roles);
        Assert.Equal(ActorVia.CommandLine, first.Actor.Via);
        Assert.False(await HasOwnerAsync());
    }

    [Fact]
    public async Task A_newer_owner_link_replaces_the_older_and_makes_one_owner()
    {
        var old = await LinkAsync();
        var link = await LinkAsync();
        Assert.NotNull((await CreateAsync("Mallory", old)).Refusal);
        Assert.False(await HasOwnerAsync());
        var made = await CreateAsync("Olive", link);
        Assert.Null(made.Refusal);
        Assert.True(await HasOwnerAsync());
        Assert.Equal(RefusalKind.Conflict, (await CreateAsync("Other", link)).Refusal!.Kind);
        Assert.Equal(RefusalKind.Conflict, (await CreateAsync("Other", null)).Refusal!.Kind);
        Assert.Null(await LinkAsync());
        Assert.Equal(made.AccountId, (await ResolveAsync()).Actor!.AccountId);
    }

    [Fact]
    public async Task An_old_owner_link_does_not_work()
    {
        var link = await LinkAsync();
        Clock.Now += SetupLinks.Lifetime;
        Assert.NotNull((await CreateAsync("Olive", link)).Refusal);
    }

    private Task<CommandLineActorResult> ResolveAsync() =>
        UseAsync<CommandLineActor, CommandLineActorResult>(actors => actors.ResolveAsync(null, CancellationToken.None));

    private Task<string?> LinkAsync() => UseAsync<SetupLinks, string?>(links => links.CreateOwnerLinkAsync(CancellationToken.None));

    private Task<CreateOwnerResult> CreateAsync(string name, string? link) => UseAsync<CreateOwner, CreateOwnerResult>(
        create => create.HandleAsync(new CreateOwnerRequest(name, $"{name}@studio.example", Password, link), CancellationToken.None));

    private Task<bool> HasOwnerAsync() => Platform.Services.GetRequiredService<AccountDirectory>().HasOwnerAsync(CancellationToken.None).AsTask();
}

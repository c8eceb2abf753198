using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;

namespace Answerprint.Platform.Tests.Accounts;

public sealed class SignInTests : AccountsFixture
{
    [Fact]
    public async Task Address_and_password_sign_in_whatever_the_case_of_the_address()
    {
        var result = await SignInAsync(" Olive@Studio.Example ", Password);
        Assert.Equal(Owner.AccountId, result.Account!.Id);
        Assert.Equal("account.signed-in", (await ActionsAsync())[^1]);
    }

    [Fact]
    public async Task The_lock_out_lasts_five_minutes_then_ten()
    {
        await MissAsync(5);
        Assert.NotNull((await SignInAsync("olive@studio.example", Password)).Refusal);
        Clock.Now += TimeSpan.FromMinutes(5);
        await MissAsync(5);
        Clock.Now += TimeSpan.FromMinutes(9.9);
        Assert.Contains("Too many", (await SignInAsync("olive@studio.example", Password)).Refusal!.Reason, StringComparison.Ordinal);
        Clock.Now += TimeSpan.FromMinutes(0.1);
        Assert.Null((await SignInAsync("olive@studio.example", Password)).Refusal);
        Assert.Equal(2, (await ActionsAsync()).Count(action => action == "account.locked-out"));
    }

    [Fact]
    public async Task The_right_password_forgets_wrong_ones_and_earlier_lock_outs()
    {
        await MissAsync(5);
        Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Null((await SignInAsync("olive@studio.example", Password)).Refusal);
        await MissAsync(4);
        Assert.Null((await SignInAsync("olive@studio.example", Password)).Refusal);
        await MissAsync(5);
        Clock.Now += TimeSpan.FromMinutes(5);
        Assert.Null((await SignInAsync("olive@studio.example", Password)).Refusal);
    }

    [Fact]
    public void Lock_outs_double_up_to_an_hour() =>
        Assert.Equal([5, 10, 20, 40, 60, 60], new[] { 0, 1, 2, 3, 4, 40 }.Select(times => LockOut.Duration(times).TotalMinutes));

    [Fact]
    public async Task Tries_at_the_same_moment_are_all_counted()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => Task.Run(() => SignInAsync("olive@studio.example", $"wrong password {i}"))));
        Assert.True(answers.Count(answer => answer.Refusal!.Reason.StartsWith("Too many", StringComparison.Ordinal)) >= 12 - LockOut.MaxTries + 1);
        Assert.NotNull((await SignInAsync("olive@studio.example", Password)).Refusal);
    }

    [Fact]
    public async Task A_passkey_signs_in_while_passwords_are_locked()
    {
        await MissAsync(5);
        var result = await UseAsync<SignIn, SignInResult>(signIn => signIn.WithPasskeyAsync(Owner.AccountId, CancellationToken.None));
        Assert.Null(result.Refusal);
    }

    [Fact]
    public async Task Closed_accounts_and_services_do_not_sign_in()
    {
        var person = await PersonAsync("petra", Roles.Producer);
        await UseAsync<CloseAccount, CloseAccountResult>(close => close.HandleAsync(person.AccountId, Owner, CancellationToken.None));
        Assert.NotNull((await SignInAsync("petra@studio.example", Password)).Refusal);
        Assert.NotNull((await UseAsync<SignIn, SignInResult>(signIn => signIn.WithPasskeyAsync(person.AccountId, CancellationToken.None))).Refusal);
        await UseAsync<CloseAccount, CloseAccountResult>(close => close.ReopenAsync(person.AccountId, Owner, CancellationToken.None));
        Assert.Null((await SignInAsync("petra@studio.example", Password)).Refusal);

        var service = await UseAsync<ServiceAccounts, Actor>(services => services.EnsureAsync("Sample crew", [Roles.Artist], CancellationToken.None));
        Assert.NotNull((await SignInAsync("service.Sample crew", Password)).Refusal);
        Assert.NotNull((await UseAsync<SignIn, SignInResult>(signIn => signIn.WithPasskeyAsync(service.AccountId, CancellationToken.None))).Refusal);
    }

    [Fact]
    public async Task A_new_password_needs_the_present_one_and_ends_sessions()
    {
        var before = (await FindAsync(Owner.AccountId))!.Stamp;
        var wrong = await ChangeAsync("not the present one", "eight quiet reels of rain");
        Assert.Equal("present", wrong.Refusal!.Field);
        Assert.Equal(before, (await FindAsync(Owner.AccountId))!.Stamp);
        Assert.Null((await ChangeAsync(Password, "eight quiet reels of rain")).Refusal);
        Assert.NotEqual(before, (await FindAsync(Owner.AccountId))!.Stamp);
        Assert.NotNull((await SignInAsync("olive@studio.example", Password)).Refusal);
        Assert.Null((await SignInAsync("olive@studio.example", "eight quiet reels of rain")).Refusal);
    }

    private Task<ChangeAccountResult> ChangeAsync(string present, string password) =>
        UseAsync<ChangeAccount, ChangeAccountResult>(change => change.SetPasswordAsync(present, password, Owner, CancellationToken.None));

    private async Task MissAsync(int times)
    {
        for (var i = 0; i < times; i++) Assert.NotNull((await SignInAsync("olive@studio.example", $"wrong password {i}")).Refusal);
    }
}

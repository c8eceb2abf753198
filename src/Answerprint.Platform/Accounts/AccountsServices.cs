using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Answerprint.Platform.Accounts;

/// <summary>Registers people, services, roles, keys and viewer profiles.</summary>
public static class AccountsServices
{
    /// <summary>PBKDF2-HMAC-SHA512 rounds of a password hash (OWASP Password Storage Cheat Sheet: 210 000).</summary>
    public const int HashRounds = 210_000;

    /// <summary>Adds ASP.NET Core Identity on <see cref="AnswerprintDb"/> and the use cases of accounts.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.AddIdentityCore<Account>(identity =>
        {
            // Service accounts have no address; every person signs in by it, so it is the user name, which Identity keeps unique.
            identity.User.RequireUniqueEmail = false;
            identity.User.AllowedUserNameCharacters = "";
            identity.Password.RequiredLength = PasswordRules.MinLength;
            identity.Password.RequireDigit = false;
            identity.Password.RequireLowercase = false;
            identity.Password.RequireUppercase = false;
            identity.Password.RequireNonAlphanumeric = false;
            identity.Lockout.MaxFailedAccessAttempts = LockOut.MaxTries;
            identity.Lockout.DefaultLockoutTimeSpan = LockOut.First;
        }).AddRoles<IdentityRole<Guid>>().AddEntityFrameworkStores<AnswerprintDb>();
        // In place of Identity's: ours says what the length is, and looks at more than length.
        services.RemoveAll<IPasswordValidator<Account>>();
        services.AddScoped<IPasswordValidator<Account>, PasswordRules>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = HashRounds);

        services.AddSingleton<AccountDirectory>();
        services.AddScoped<SetupLinks>().AddScoped<ServiceAccounts>().AddScoped<CommandLineActor>();
        services.AddScoped<CreateOwner>().AddScoped<InvitePerson>().AddScoped<RenewSetupLink>().AddScoped<AcceptSetup>();
        services.AddScoped<SignIn>().AddScoped<ChangeAccount>().AddScoped<Passkeys>();
        services.AddScoped<ListPeople>().AddScoped<SetRoles>().AddScoped<CloseAccount>();
        services.AddScoped<CreateApiKey>().AddScoped<RevokeApiKey>().AddScoped<ViewerProfiles>();
        return services;
    }
}

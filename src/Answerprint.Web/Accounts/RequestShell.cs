using System.Reflection;
using Answerprint.Platform.Accounts;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Web.Shell;

namespace Answerprint.Web.Accounts;

/// <summary>Makes the <see cref="ShellContext"/> of a request from who is signed in; costs no query.</summary>
internal static class RequestShell
{
    private static readonly string? Version = typeof(RequestShell).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;

    private static readonly object Place = new();

    /// <summary>Says under which address of the navigation a page belongs that has none of its own there.</summary>
    public static void BelongsTo(HttpContext context, string path) => context.Items[Place] = path;

    public static ShellContext Of(IServiceProvider services)
    {
        if (services.GetRequiredService<IHttpContextAccessor>().HttpContext is not { } context) return ShellContext.Empty;
        var path = context.Items[Place] as string ?? context.Request.Path.Value ?? "/";
        if (context.User.TryToActor() is not { } actor) return ShellContext.Empty with { Path = path };
        var account = context.Items[typeof(AccountSnapshot)] as AccountSnapshot;
        var (console, viewer) = services.GetRequiredService<ShellNavigation>().For(actor.Roles);
        var profile = account is null ? null : ViewerProfileAccessor.Chosen(context, account.Profiles);
        return new ShellContext(
            new ShellUser(actor.Name, account?.Email ?? "", string.Join(", ", actor.Roles)), path, console, viewer,
            profile is null ? null : new ShellProfile(profile.Name, profile.Palette), Version);
    }
}

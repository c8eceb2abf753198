using Answerprint.Platform.Accounts;

namespace Answerprint.Web.Up;

/// <summary>Says on the terminal how the first owner gets in.</summary>
internal static class FirstOwnerHint
{
    public static async Task WriteAsync(IServiceProvider services, string address)
    {
        await using var scope = services.CreateAsyncScope();
        var secret = await scope.ServiceProvider.GetRequiredService<SetupLinks>().CreateOwnerLinkAsync(CancellationToken.None);
        if (secret is null) return;
        await Console.Error.WriteLineAsync($"Nobody owns this installation yet. Open {address} on this machine, or, once, through a tunnel: {address}/setup/{secret}");
    }
}

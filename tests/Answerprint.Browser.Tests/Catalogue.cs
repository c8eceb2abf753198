using Answerprint.Platform;
using Answerprint.Platform.Accounts.Contracts;
using Answerprint.Platform.Productions.Contracts;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Platform.Titles.Contracts;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Browser.Tests;

/// <summary>Puts a production's title into the catalogue from a second process, beside the running server.</summary>
internal static class Catalogue
{
    public static async Task<string> AddTitleAsync(string data, string production, string name, string logline)
    {
        await using var services = new ServiceCollection().AddLogging().AddPlatform(new DataFolder(data), new StorageOptions()).BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var crew = await scope.ServiceProvider.GetRequiredService<ServiceAccounts>().EnsureAsync("Catalogue desk", [Roles.Producer], CancellationToken.None);
        var made = await scope.ServiceProvider.GetRequiredService<AnswerprintDb>().Set<Production>().SingleAsync(one => one.Code == production);
        var added = await scope.ServiceProvider.GetRequiredService<AddTitle>().HandleAsync(new AddTitleRequest(name) { ProductionId = made.Id, Logline = logline, Genre = "Drama" }, crew, CancellationToken.None);
        return added.Title?.Slug ?? throw new InvalidOperationException(added.Refusal);
    }
}

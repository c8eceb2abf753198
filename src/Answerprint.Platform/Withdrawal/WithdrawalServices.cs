using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Withdrawal;

/// <summary>Registers withdrawals.</summary>
public static class WithdrawalServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddWithdrawal(this IServiceCollection services)
    {
        services.AddScoped<PreviewWithdrawal>().AddScoped<WithdrawSource>().AddScoped<RestoreWithdrawal>();
        services.AddScoped<RemakePlans>().AddScoped<QueueRemakes>().AddScoped<ReviewRemake>().AddScoped<RemakePairs>().AddScoped<LitPixels>();
        return services;
    }

    /// <summary>Adds the part that puts remakes into the queue in the background: for the process that serves.</summary>
    public static IServiceCollection AddRemakeKeeper(this IServiceCollection services) => services.AddHostedService<RemakeKeeper>();
}

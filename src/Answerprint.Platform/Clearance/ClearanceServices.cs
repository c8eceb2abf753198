using Answerprint.Platform.Clearance.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace Answerprint.Platform.Clearance;

/// <summary>Registers Clearance: rules, decisions, audit, releases.</summary>
public static class ClearanceServices
{
    /// <summary>Adds the slice.</summary>
    public static IServiceCollection AddClearance(this IServiceCollection services)
    {
        services.AddSingleton<PolicyLibrary>().AddSingleton<StudioKeys>().AddSingleton<ClearanceDoor>().AddSingleton<ReleaseSigner>();
        services.AddScoped<AuditTrail>().AddScoped<ReleaseDesk>().AddScoped<DecideEscalation>();
        return services;
    }
}

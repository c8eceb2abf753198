using System.Net;
using Answerprint.Platform.Storage.Contracts;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;

namespace Answerprint.Web.Shell;

/// <summary>Which proxies may say whom they stand before.</summary>
public sealed class ProxyOptions
{
    /// <summary>Addresses or networks, such as 127.0.0.1 or 10.0.0.0/8; what others send as forwarding headers is not believed.</summary>
    public IList<string> Trusted { get; } = [];
}

/// <summary>The server behind a proxy.</summary>
internal static class Proxy
{
    /// <summary>Takes the visitor's address and scheme from X-Forwarded-For and X-Forwarded-Proto, one step back, from trusted proxies only.</summary>
    public static IServiceCollection AddProxy(this IServiceCollection services, IConfiguration settings)
    {
        services.Bind<ProxyOptions>(settings, "proxy");
        services.AddOptions<ForwardedHeadersOptions>().Configure<IOptions<ProxyOptions>>((headers, proxy) =>
        {
            headers.KnownProxies.Clear();
            headers.KnownIPNetworks.Clear();
            foreach (var entry in proxy.Value.Trusted)
            {
                if (IPAddress.TryParse(entry, out var address)) headers.KnownProxies.Add(address);
                else if (System.Net.IPNetwork.TryParse(entry, out var network)) headers.KnownIPNetworks.Add(network);
                else throw new InvalidDataException($"{InstallationSettings.FileName}: proxy.trusted: '{entry}' is neither an address nor a network such as 10.0.0.0/8.");
            }
            // With nobody known the middleware would believe everybody.
            headers.ForwardedHeaders = proxy.Value.Trusted.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        });
        return services;
    }
}

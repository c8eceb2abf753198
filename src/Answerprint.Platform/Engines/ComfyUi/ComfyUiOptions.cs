using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Answerprint.Platform.Engines.ComfyUi;

/// <summary>Which ComfyUI server the studio runs. None is the default, and then nothing is ever connected to.</summary>
public sealed class ComfyUiOptions : IValidatableObject
{
    /// <summary>The server's address, such as <c>http://127.0.0.1:8188</c>.</summary>
    /// <value>http or https, without user, query or fragment; the default is none.</value>
    public string? Address { get; set; }

    /// <summary>Sent as <c>Authorization: Bearer</c> to a proxy in front of the server; ComfyUI itself knows no keys.</summary>
    /// <value>Printable ASCII, up to 1,000 characters; over https, or to this machine; the default is none.</value>
    public string? ApiKey { get; set; }

    /// <summary>How long one job may take on the server, its queue included.</summary>
    /// <value>1 second to 24 hours; the default is 30 minutes.</value>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Whether a server is named.</summary>
    public bool IsConfigured => !string.IsNullOrWhiteSpace(Address);

    /// <summary>Whether the address says by itself that the server is this machine or on the studio's own network.</summary>
    public bool IsNear => IsConfigured && Uri.TryCreate(Address, UriKind.Absolute, out var address) && NearHost.Is(address);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (!IsConfigured)
        {
            if (!string.IsNullOrEmpty(ApiKey)) yield return new ValidationResult("comfyui.apiKey is set, but comfyui.address is not.", [nameof(ApiKey)]);
            yield break;
        }
        if (!Uri.TryCreate(Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https")
            || address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            yield return new ValidationResult($"comfyui.address '{Address}' is not an address such as http://127.0.0.1:8188: http or https, without user, query or fragment.", [nameof(Address)]);
            yield break;
        }
        if (string.IsNullOrEmpty(ApiKey)) yield break;
        if (ApiKey.Length > 1000 || ApiKey.Any(c => c is <= ' ' or > '~')) yield return new ValidationResult("comfyui.apiKey must be up to 1,000 printable ASCII characters without spaces.", [nameof(ApiKey)]);
        if (address.Scheme == "http" && !address.IsLoopback) yield return new ValidationResult("comfyui.apiKey would cross the network unencrypted; use an https address.", [nameof(ApiKey)]);
    }

    /// <summary>The options in words; the key stays where it is.</summary>
    public override string ToString() => IsConfigured ? $"{Address}{(string.IsNullOrEmpty(ApiKey) ? "" : ", with a key")}, {Timeout}" : "not configured";

    private static class NearHost
    {
        private static readonly IPNetwork[] Private =
        [
            IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("172.16.0.0/12"), IPNetwork.Parse("192.168.0.0/16"), IPNetwork.Parse("169.254.0.0/16"),
            IPNetwork.Parse("fc00::/7"), IPNetwork.Parse("fe80::/10"),
        ];

        public static bool Is(Uri address)
        {
            if (address.IsLoopback) return true;
            if (IPAddress.TryParse(address.IdnHost.Trim('[', ']'), out var ip))
                return IPAddress.IsLoopback(ip) || Private.Any(network => network.Contains(ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip));
            var host = address.IdnHost.TrimEnd('.');
            return !host.Contains('.', StringComparison.Ordinal) || host.EndsWith(".local", StringComparison.OrdinalIgnoreCase)
                || host.EndsWith(".internal", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".home.arpa", StringComparison.OrdinalIgnoreCase);
        }
    }
}

using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Answerprint.Platform.Storage.Contracts;
using Answerprint.Provenance.Signing;
using Microsoft.Extensions.Logging;

namespace Answerprint.Platform.Clearance;

/// <summary>The studio's certificate authority and the certificate that signs its releases, in <c>DATA/ca</c>. Made at first use; keys are readable by their owner only.</summary>
public sealed class StudioKeys : IDisposable
{
    private const string Organisation = "Answerprint studio";
    private readonly Lazy<SigningIdentity> identity;
    private readonly DataFolder folder;
    private readonly TimeProvider clock;
    private readonly ILogger<StudioKeys> logger;

    /// <summary>Opens the keys lazily.</summary>
    public StudioKeys(DataFolder folder, TimeProvider clock, ILogger<StudioKeys> logger)
    {
        ArgumentNullException.ThrowIfNull(folder);
        (this.folder, this.clock, this.logger) = (folder, clock, logger);
        identity = new Lazy<SigningIdentity>(LoadOrMake);
    }

    /// <summary>Who signs.</summary>
    public SigningIdentity Identity => identity.Value;

    /// <summary>The path of the public root certificate.</summary>
    public string RootPath => Path.Combine(folder.Authority, "root.pem");

    private string LeafPath => Path.Combine(folder.Authority, "leaf.pem");

    private string LeafKeyPath => Path.Combine(folder.Authority, "leaf.key");

    private string RootKeyPath => Path.Combine(folder.Authority, "root.key");

    /// <inheritdoc/>
    public void Dispose()
    {
        if (identity.IsValueCreated) identity.Value.Dispose();
    }

    private SigningIdentity LoadOrMake()
    {
        // Server, worker and command line may come first at the same moment: one of them makes the authority.
        using var gate = WaitForGate();
        if (File.Exists(LeafPath))
            return SigningIdentity.FromPem(File.ReadAllText(LeafPath), File.ReadAllText(LeafKeyPath), File.ReadAllText(RootPath));
        var now = clock.GetUtcNow();
        using var authority = File.Exists(RootPath)
            ? StudioAuthority.FromPem(File.ReadAllText(RootPath), File.ReadAllText(RootKeyPath))
            : StudioAuthority.Create(Organisation, now);
        using var leafKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var leaf = authority.Certify(new PublicKey(leafKey), $"{Organisation} releases", now);
        Write(RootKeyPath, authority.ExportKeyPem(), secret: true);
        Write(RootPath, authority.ExportRootPem(), secret: false);
        Write(LeafKeyPath, leafKey.ExportPkcs8PrivateKeyPem() + "\n", secret: true);
        Write(LeafPath, leaf.ExportCertificatePem() + "\n", secret: false);
        Log.AuthorityMade(logger, folder.Authority);
        return SigningIdentity.FromPem(File.ReadAllText(LeafPath), File.ReadAllText(LeafKeyPath), File.ReadAllText(RootPath));
    }

    private FileStream WaitForGate()
    {
        while (true)
        {
            try
            {
                return new FileStream(Path.Combine(folder.Authority, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException)
            {
                Thread.Sleep(20);
            }
        }
    }

    /// <summary>Written beside and renamed: a killed process leaves no half key.</summary>
    private static void Write(string path, string text, bool secret)
    {
        var staged = path + ".new";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = secret ? UnixFileMode.UserRead | UnixFileMode.UserWrite : UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        using (var writer = new StreamWriter(staged, options)) writer.Write(text);
        File.Move(staged, path, overwrite: true);
    }
}

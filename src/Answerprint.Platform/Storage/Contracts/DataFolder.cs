namespace Answerprint.Platform.Storage.Contracts;

/// <summary>The one folder that holds everything a studio's installation keeps: database, blobs, keys, uploads.</summary>
public sealed class DataFolder
{
    /// <summary>Opens (and creates where missing) the folder.</summary>
    /// <param name="root">Any path; made absolute.</param>
    public DataFolder(string root)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(root);
        Root = Path.GetFullPath(root);
        // What is not public lies here, scripts and renders among it: a new folder is its owner's alone.
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Root);
        else Directory.CreateDirectory(Root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        foreach (var folder in new[] { Blobs, Staging, Uploads, Authority, Previews, Keys, Work, Kept }) Directory.CreateDirectory(folder);
    }

    /// <summary>The absolute path of the folder.</summary>
    public string Root { get; }

    /// <summary>The SQLite database of records.</summary>
    public string Database => Path.Combine(Root, "answerprint.db");

    /// <summary>The SQLite database of the scheduler.</summary>
    public string Schedule => Path.Combine(Root, "schedule.db");

    /// <summary>Content-addressed files.</summary>
    public string Blobs => Path.Combine(Root, "blobs");

    /// <summary>Files being written; whatever is found here at start belongs to nobody and is removed.</summary>
    public string Staging => Path.Combine(Root, "staging");

    /// <summary>Resumable uploads under way.</summary>
    public string Uploads => Path.Combine(Root, "uploads");

    /// <summary>The studio's certificate authority; <c>root.pem</c> is the public root.</summary>
    public string Authority => Path.Combine(Root, "ca");

    /// <summary>Preview frames of running jobs.</summary>
    public string Previews => Path.Combine(Root, "previews");

    /// <summary>A folder for each job being worked on; emptied when a worker starts.</summary>
    public string Work => Path.Combine(Root, "work");

    /// <summary>Half-finished work that outlives a killed worker; swept when nobody needs it.</summary>
    public string Kept => Path.Combine(Root, "kept");

    /// <summary>Keys that protect sessions.</summary>
    public string Keys => Path.Combine(Root, "keys");

    /// <summary>Held by the process that works on jobs, so that there is one worker a folder.</summary>
    public string WorkerLock => Path.Combine(Root, "worker.lock");

    /// <summary>The folder used where none is named: <c>$XDG_DATA_HOME/answerprint</c> or <c>~/.local/share/answerprint</c>.</summary>
    public static string DefaultRoot
    {
        get
        {
            var xdg = Environment.GetEnvironmentVariable("XDG_DATA_HOME");
            var home = string.IsNullOrEmpty(xdg)
                ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".local", "share")
                : xdg;
            return Path.Combine(home, "answerprint");
        }
    }
}

namespace Answerprint.Web.Accounts;

/// <summary>Where a browser goes back to after signing in: a path of this server, never another site.</summary>
internal static class ReturnTo
{
    private const int MaxLength = 2000;

    /// <summary>The path where it is one of ours, otherwise the home page. <c>//host</c>, <c>/\host</c> and what browsers read as these are not ours.</summary>
    public static string Safe(string? path)
    {
        if (string.IsNullOrEmpty(path) || path.Length > MaxLength || path[0] != '/') return "/";
        if (path.Length > 1 && path[1] is '/' or '\\') return "/";
        // Browsers drop tabs and line ends from addresses, which would uncover a second slash.
        return path.Any(char.IsControl) ? "/" : path;
    }
}

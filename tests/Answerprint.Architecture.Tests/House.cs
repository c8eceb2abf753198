using System.Xml.Linq;

namespace Answerprint.Architecture.Tests;

/// <summary>The checkout as files: what the tests of the house read. Nothing is compiled or loaded.</summary>
internal static class House
{
    private static readonly string[] Passed = ["bin", "obj", "artifacts", "node_modules", ".git", "__pycache__", ".vs", ".idea"];

    public static string Root { get; } = Find();

    /// <summary>Files below a folder of the checkout as (path with forward slashes from the root, text reader), build outputs left out.</summary>
    public static IEnumerable<SourceFile> Files(string folder, params string[] extensions) => Walk(new DirectoryInfo(Path.Combine(Root, folder)))
        .Where(file => extensions.Length == 0 || extensions.Contains(file.Extension))
        .Select(file => new SourceFile(Path.GetRelativePath(Root, file.FullName).Replace('\\', '/'), File.ReadAllText(file.FullName)));

    public static IReadOnlyList<ProjectFile> Projects(string folder) =>
        [.. Files(folder, ".csproj").OrderBy(file => file.Path, StringComparer.Ordinal).Select(ProjectFile.Read)];

    public static XDocument Xml(string path) => XDocument.Load(Path.Combine(Root, path));

    private static IEnumerable<FileInfo> Walk(DirectoryInfo folder)
    {
        if (!folder.Exists || Passed.Contains(folder.Name) || folder.FullName.EndsWith(Path.Combine("wwwroot", "lib"), StringComparison.Ordinal)) yield break;
        foreach (var file in folder.EnumerateFiles().Where(file => file.LinkTarget is null)) yield return file;
        foreach (var inner in folder.EnumerateDirectories())
            foreach (var file in Walk(inner)) yield return file;
    }

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "Answerprint.slnx"))) return folder.FullName;
        throw new InvalidOperationException($"no folder above {AppContext.BaseDirectory} holds Answerprint.slnx");
    }
}

/// <summary>A text file of the checkout.</summary>
/// <param name="Path">From the root, with forward slashes.</param>
/// <param name="Text">Its text.</param>
internal sealed record SourceFile(string Path, string Text)
{
    public IReadOnlyList<string> Folders => Path.Split('/')[..^1];

    public string Name => Path[(Path.LastIndexOf('/') + 1)..];
}

/// <summary>A project as its file says.</summary>
/// <param name="Name">Such as <c>Answerprint.Web</c>.</param>
/// <param name="References">The projects it names.</param>
/// <param name="Friends">The assemblies that see its internals.</param>
/// <param name="Path">From the root.</param>
internal sealed record ProjectFile(string Name, IReadOnlyList<string> References, IReadOnlyList<string> Friends, string Path)
{
    public static ProjectFile Read(SourceFile file)
    {
        var xml = XDocument.Parse(file.Text);
        List<string> Includes(string element) => [.. xml.Descendants(element).Select(item => item.Attribute("Include")!.Value)];
        return new ProjectFile(
            System.IO.Path.GetFileNameWithoutExtension(file.Name),
            [.. Includes("ProjectReference").Select(include => System.IO.Path.GetFileNameWithoutExtension(include.Replace('\\', '/').Split('/')[^1]))],
            Includes("InternalsVisibleTo"), file.Path);
    }
}

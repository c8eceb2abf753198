namespace Answerprint.Platform.Productions.Contracts;

/// <summary>One file, or one sequence of numbered pictures, of an import, and what became of it.</summary>
public sealed class ImportedFile
{
    /// <summary>The import.</summary>
    public Guid ImportId { get; set; }

    /// <summary>Its place, from 1.</summary>
    public int Number { get; set; }

    /// <summary>Its name in the folder; of a sequence the name with <c>#</c> for the digits.</summary>
    public string Name { get; set; } = "";

    /// <summary>How many files it is.</summary>
    public int Files { get; set; }

    /// <summary>What became of it when it was brought.</summary>
    public ImportOutcome Outcome { get; set; }

    /// <summary>The job that takes it in; none where none does.</summary>
    public Guid? JobId { get; set; }

    /// <summary>The asset that holds the same bytes already; none otherwise.</summary>
    public Guid? AssetId { get; set; }

    /// <summary>Why it was not taken in; empty otherwise.</summary>
    public string Problem { get; set; } = "";
}

/// <summary>What became of a file when it was brought. Stored: only ever add.</summary>
public enum ImportOutcome
{
    /// <summary>A job takes it in, or has; the job says how that went.</summary>
    Queued,

    /// <summary>The production holds an asset of the same bytes.</summary>
    AlreadyHere,

    /// <summary>The production holds an asset of the same bytes that is taken down; it is not brought back this way.</summary>
    TakenDown,

    /// <summary>It was not taken: the problem says why.</summary>
    Refused,
}

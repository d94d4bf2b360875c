using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands.Schema;

/// <summary>What was written of the schema that the migrations of one folder make.</summary>
public sealed record SchemaReport : DatabaseReport
{
    /// <summary>The lock file, a full path; <see langword="null"/> when nothing was written.</summary>
    public string? LockFile { get; init; }

    /// <summary>Whether it is another than before.</summary>
    public bool IsChanged { get; init; }

    /// <summary>How many objects the schema has.</summary>
    public int Objects { get; init; }

    internal override string Outcome => (LockFile, IsChanged) switch
    {
        (null, _) => "no lock file was written",
        (_, true) => $"{Path.GetFileName(LockFile)} was written, with {Wording.Of(Objects, "object")}",
        _ => $"{Path.GetFileName(LockFile)} is up to date, with {Wording.Of(Objects, "object")}",
    };

    internal override ReportTable Overview => new([], []);

    /// <summary>The <c>lockFile</c>, whether it was <c>changed</c>, and how many <c>objects</c> the schema has.</summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) => [new("lockFile", LockFile is null ? null : shorten(LockFile)), new("changed", IsChanged), new("objects", Objects)];
}

namespace MigrationTasks.Engine.Commands.Validate;

/// <summary>What a check of one folder found.</summary>
public sealed record ValidationReport : DatabaseReport
{
    /// <summary>How many migrations the folder has.</summary>
    public int Migrations { get; init; }

    /// <summary>
    /// The variable that is not set, so that no database was asked: checksums and order were not checked;
    /// <see langword="null"/> when they were.
    /// </summary>
    public string? MissingVariable { get; init; }
}

using MigrationTasks.Engine.Diagnostics;

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

    internal override string Outcome
    {
        get
        {
            var migrations = Wording.Of(Migrations, "migration");
            var result = this switch
            {
                { Succeeded: true, Migrations: 1 } => $"{migrations} is valid",
                { Succeeded: true } => $"{migrations} are valid",
                { Migrations: 0 } => "not checked",
                _ => $"{migrations} checked",
            };
            return result + Count(Errors.Count, "error") + Count(Warnings.Count, "warning")
                + (MissingVariable is null ? "" : $"; checksums and order were not checked, because {MissingVariable} is not set");
        }
    }

    // What it found are errors and warnings.
    internal override ReportTable Overview => new([], []);

    /// <summary>How many <c>migrations</c> the folder has, and the <c>missingVariable</c> for lack of which no database was asked.</summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) => [new("migrations", Migrations), new("missingVariable", MissingVariable)];
}

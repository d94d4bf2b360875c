using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a check found, in one line.</summary>
internal static class ValidationSummary
{
    /// <summary>The outcome: <c>3 migrations are valid, 2 warnings</c>.</summary>
    public static string Outcome(ValidationReport report)
    {
        var migrations = Wording.Of(report.Migrations, "migration");
        var result = report switch
        {
            { Succeeded: true, Migrations: 1 } => $"{migrations} is valid",
            { Succeeded: true } => $"{migrations} are valid",
            { Migrations: 0 } => "not checked",
            _ => $"{migrations} checked",
        };
        return result + Count(report.Errors.Count, "error") + Count(report.Warnings.Count, "warning") + Missing(report);
    }

    private static string Count(int count, string noun) => count == 0 ? "" : $", {Wording.Of(count, noun)}";

    private static string Missing(ValidationReport report) =>
        report.MissingVariable is { } variable ? $"; checksums and order were not checked, because {variable} is not set" : "";
}

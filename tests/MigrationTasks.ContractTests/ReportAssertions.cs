using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.ContractTests;

/// <summary>Assertions on reports that show what the run said when they fail. The names of migrations do not need the extension of their files.</summary>
public static class ReportAssertions
{
    /// <summary>The run succeeded.</summary>
    public static TReport Succeeded<TReport>(this TReport report)
        where TReport : DatabaseReport
    {
        ArgumentNullException.ThrowIfNull(report);
        Assert.IsTrue(report.Succeeded, $"The run should have succeeded, but said:\n{Lines(report.Errors)}");
        return report;
    }

    /// <summary>The run succeeded and applied exactly these, in this order.</summary>
    public static RunReport Applied(this RunReport report, params string[] names)
    {
        report.Succeeded().HasApplied(names);
        return report;
    }

    /// <summary>The run applied exactly these, in this order, whatever became of it.</summary>
    public static RunReport HasApplied(this RunReport report, params string[] names)
    {
        Assert.AreEqual(string.Join(", ", names), Names(report.Applied.Select(applied => applied.Name), names), $"What was applied is not right. Errors:\n{Lines(report.Errors)}");
        return report;
    }

    /// <summary>The run succeeded and undid exactly these, in this order.</summary>
    public static RollbackReport RolledBack(this RollbackReport report, params string[] names) => report.Succeeded().HasRolledBack(names);

    /// <summary>The run undid exactly these, in this order, whatever became of it.</summary>
    public static RollbackReport HasRolledBack(this RollbackReport report, params string[] names)
    {
        Assert.AreEqual(string.Join(", ", names), Names(report.RolledBack.Select(undone => undone.Name), names), $"What was undone is not right. Errors:\n{Lines(report.Errors)}");
        return report;
    }

    /// <summary>The dry run tried exactly these to the end, in this order, whatever became of it.</summary>
    public static DryRunReport HasTried(this DryRunReport report, params string[] names)
    {
        Assert.AreEqual(string.Join(", ", names), Names(report.Tried.Select(tried => tried.Name), names), $"What was tried is not right. Errors:\n{Lines(report.Errors)}\n{Lines(report.Warnings)}");
        return report;
    }

    /// <summary>The run failed with exactly one error, of this code.</summary>
    public static Diagnostic FailedWith(this DatabaseReport report, string code)
    {
        Assert.AreEqual(code, string.Join(", ", report.Errors.Select(error => error.Code)), $"The run should have failed with {code} alone, but said:\n{Lines(report.Errors)}");
        return report.Errors[0];
    }

    /// <summary>The run warned exactly once, with this code.</summary>
    public static Diagnostic WarnedOf(this DatabaseReport report, string code)
    {
        Assert.AreEqual(code, string.Join(", ", report.Warnings.Select(warning => warning.Code)), $"The run should have warned of {code} alone, but said:\n{Lines(report.Warnings)}");
        return report.Warnings[0];
    }

    /// <summary>The run had nothing to say.</summary>
    public static TReport WithoutWarnings<TReport>(this TReport report)
        where TReport : DatabaseReport
    {
        ArgumentNullException.ThrowIfNull(report);
        Assert.IsEmpty(report.Warnings, $"The run should have been silent, but said:\n{Lines(report.Warnings)}");
        return report;
    }

    /// <summary>The message holds a text.</summary>
    public static Diagnostic Says(this Diagnostic diagnostic, string text)
    {
        Assert.Contains(text, diagnostic.Message, $"The message should hold '{text}': {diagnostic}");
        return diagnostic;
    }

    /// <summary>The problem is at a place.</summary>
    public static Diagnostic At(this Diagnostic diagnostic, string file, int line, int column) => diagnostic.At(new SourceLocation(file, line, column));

    /// <summary>The problem is at a place.</summary>
    public static Diagnostic At(this Diagnostic diagnostic, SourceLocation place)
    {
        Assert.AreEqual(place, diagnostic.Location, $"The place is not right: {diagnostic}");
        return diagnostic;
    }

    private static string Names(IEnumerable<string> names, string[] expected) => string.Join(
        ", ", names.Select((name, index) => expected.ElementAtOrDefault(index) is { } called && Path.GetFileNameWithoutExtension(name) == called ? called : name));

    private static string Lines(IEnumerable<Diagnostic> diagnostics) => string.Join('\n', diagnostics);
}

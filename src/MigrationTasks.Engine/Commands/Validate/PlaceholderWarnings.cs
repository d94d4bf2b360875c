using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.Validate;

/// <summary>Finds what is written like a placeholder but is not declared, once a name and file; in comments it is only mentioned.</summary>
internal static class PlaceholderWarnings
{
    private const string Comment = "--";

    public static IEnumerable<Diagnostic> Find(Migration migration) =>
        new[] { migration.Path, migration.RollbackFile }.OfType<string>().SelectMany(path => Find(path, migration.Placeholders));

    private static List<Diagnostic> Find(string path, Placeholders placeholders)
    {
        var warnings = new List<Diagnostic>();
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        try
        {
            using var text = ScriptFile.Open(path);
            for (var number = 1; text.ReadLine() is { } line; number++)
            {
                if (!line.Contains(Placeholders.Opening, StringComparison.Ordinal) || line.TrimStart().StartsWith(Comment, StringComparison.Ordinal))
                {
                    continue;
                }

                using var one = new StringReader(line);
                warnings.AddRange(placeholders.FindUndefined(one, path)
                    .Where(found => names.Add(found.Name))
                    .Select(found => Errors.UndefinedPlaceholder(found.Location with { Line = number }, found.Name)));
            }
        }
        catch (Exception exception) when (exception is MigrationException or IOException or UnauthorizedAccessException)
        {
            // Whoever reads its statements says what is wrong with it.
        }

        return warnings;
    }
}

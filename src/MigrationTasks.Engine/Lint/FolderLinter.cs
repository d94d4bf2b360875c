using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Lint;

/// <summary>
/// Lints the migrations of a folder. All of them are read, in order, since what an earlier one says of a table and what a
/// later one does about it matter; only some are judged.
/// </summary>
/// <param name="profile">What lint knows of the database.</param>
/// <param name="options">What the project asks for.</param>
internal sealed class FolderLinter(LintProfile profile, LintOptions options)
{
    private readonly SchemaSketch _schema = new();
    private readonly Dictionary<Migration, MigrationSketch> _migrations = [];
    private LintContext? _context;

    /// <summary>Reads the next migration's statements on their way to whoever needs them too.</summary>
    public IEnumerable<ScriptStatement> Watch(Migration migration, IEnumerable<ScriptStatement> statements)
    {
        var sketcher = new MigrationSketcher(migration, profile.Open(migration), _schema);
        foreach (var statement in statements)
        {
            sketcher.Add(statement);
            yield return statement;
        }

        _migrations[migration] = sketcher.Complete();
    }

    /// <summary>Judges a migration, when all are read; one that could not be read to its end has nothing to judge.</summary>
    public IEnumerable<Diagnostic> Judge(Migration migration) =>
        _migrations.TryGetValue(migration, out var sketch) && !(migration.Version <= options.After) ? Judge(sketch) : [];

    private IEnumerable<Diagnostic> Judge(MigrationSketch migration)
    {
        _context ??= new LintContext(_schema, options);
        var found = profile.Rules.SelectMany(rule => rule.Check(migration, _context)).ToList();
        var ignores = new LintIgnores(migration.Ignores, profile.Codes);
        return found.Where(warning => !ignores.Cover(warning)).Concat(ignores.Judge(found));
    }
}

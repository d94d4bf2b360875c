using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Tables that everybody can read: no migration of the folder, this one or a later one, turns row level security on.</summary>
internal static class RowSecurityRule
{
    private const string UsualSchema = "public";

    public static IEnumerable<Diagnostic> Missing(MigrationSketch migration, LintContext context)
    {
        foreach (var create in migration.Steps.Select(step => step.Action).OfType<CreateTable>().Where(create => !create.IsTemporary))
        {
            if (context.Find(new TableOrigin(migration.Migration, create.Location)) is not { Table: { HasRowSecurity: false }, Name: var name })
            {
                continue;
            }

            var schema = name.Schema?.Value ?? UsualSchema;
            if (context.Options.ExposedSchemas.Contains(schema))
            {
                yield return Errors.NoRowSecurity(create.Location, name.ToString(), schema);
            }
        }
    }
}

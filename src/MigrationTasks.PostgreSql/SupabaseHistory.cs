using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// The history of the Supabase CLI, kept up beside ours, so that <c>supabase db push</c> and <c>supabase migration list</c> find applied
/// what we have applied. They go by the version, as the file's name has it; the statements are there to write a lost file anew.
/// </summary>
internal static partial class SupabaseHistory
{
    public const string Table = "supabase_migrations.schema_migrations";

    // A migration with megabytes of rows is one that nobody restores from a history, and they would all be in memory at once.
    private const int MostText = 1 << 20;

    /// <summary>Creates the table as the CLI does, or adds what an older CLI's lacks; as a rule it only looks.</summary>
    public const string Ensure = $"""
        DO $migration_tasks$
        DECLARE
          has_columns bigint := (
            SELECT pg_catalog.count(*) FROM pg_catalog.pg_attribute a
            WHERE a.attrelid = pg_catalog.to_regclass('{Table}') AND a.attname IN ('version', 'statements', 'name') AND NOT a.attisdropped);
        BEGIN
          IF has_columns < 3 THEN
            IF pg_catalog.to_regnamespace('supabase_migrations') IS NULL THEN
              CREATE SCHEMA supabase_migrations;
            END IF;
            IF has_columns = 0 THEN
              CREATE TABLE {Table} (version pg_catalog.text NOT NULL PRIMARY KEY, statements pg_catalog.text[], name pg_catalog.text);
            ELSE
              ALTER TABLE {Table} ADD COLUMN IF NOT EXISTS statements pg_catalog.text[], ADD COLUMN IF NOT EXISTS name pg_catalog.text;
            END IF;
          END IF;
        END $migration_tasks$
        """;

    private const string Upsert = $"""
        INSERT INTO {Table} AS kept (version, name, statements) VALUES ($1, $2, $3::pg_catalog.text[])
        ON CONFLICT (version) DO UPDATE SET name = EXCLUDED.name, statements = coalesce(EXCLUDED.statements, kept.statements)
        """;

    private const string Delete = $"DELETE FROM {Table} WHERE version = $1";

    /// <summary>Records that a migration is applied; <see langword="null"/> for one without a version, which the CLI does not know.</summary>
    /// <param name="migration">The migration.</param>
    public static SqlText? Record(Migration migration) => Record(migration.Name, StatementsOf(migration));

    /// <summary>The same where nobody runs it: the statements stay as they are known.</summary>
    /// <param name="name">The migration's name.</param>
    public static SqlText? Record(string name) => Record(name, null);

    /// <summary>Removes the row of a migration that is not applied any more.</summary>
    /// <param name="name">The migration's name.</param>
    public static SqlText? Remove(string name) => FileName().Match(name) is { Success: true } match ? new SqlText(Delete, match.Groups[1].Value) : null;

    /// <summary>What a change of our history means for the CLI's.</summary>
    /// <param name="change">The change.</param>
    public static IEnumerable<SqlText> Follow(HistoryChange change)
    {
        var isGone = change.Before is not null && change.After?.Name != change.Before.Name;
        var commands = new[] { isGone ? Remove(change.Name) : null, change.After is { IsApplied: true } after ? Record(after.Name) : null };
        return commands.OfType<SqlText>();
    }

    /// <summary>Two changes as one statement, which stands or falls as a whole.</summary>
    /// <param name="own">That of our history.</param>
    /// <param name="theirs">That of the CLI's, or <see langword="null"/>.</param>
    public static SqlText Together(SqlText own, SqlText? theirs)
    {
        if (theirs is null)
        {
            return own;
        }

        var shifted = Parameter().Replace(theirs.Text, parameter => $"${int.Parse(parameter.ValueSpan[1..], System.Globalization.CultureInfo.InvariantCulture) + own.Values.Count}");
        return new SqlText($"WITH followed AS ({shifted}) {own.Text}", [.. own.Values, .. theirs.Values]);
    }

    private static SqlText? Record(string name, string? statements) =>
        FileName().Match(name) is { Success: true } match ? new SqlText(Upsert, match.Groups[1].Value, match.Groups[2].Value, statements) : null;

    // As the server writes an array: the driver knows none where it does not ask the server for its types.
    private static string? StatementsOf(Migration migration)
    {
        var array = new StringBuilder("{");
        foreach (var statement in migration.ReadStatements())
        {
            var text = statement.Text.Trim().TrimEnd(';').Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
            array.Append(array.Length > 1 ? ",\"" : "\"").Append(text).Append('"');
            if (array.Length > MostText)
            {
                return null;
            }
        }

        return array.Append('}').ToString();
    }

    [GeneratedRegex(@"^([0-9]+)_(.*)\.sql$")]
    private static partial Regex FileName();

    [GeneratedRegex(@"\$[0-9]+")]
    private static partial Regex Parameter();
}

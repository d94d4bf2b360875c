using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>Supabase: PostgreSQL, hosted or self-hosted, direct or through its pooler.</summary>
public sealed class SupabaseDefinition : AdapterDefinition
{
    /// <inheritdoc/>
    public override string Name => "supabase";

    // Its URLs are PostgreSQL's: only the folder's name tells the two apart.
    /// <inheritdoc/>
    public override IReadOnlyList<string> UrlSchemes => [];

    /// <inheritdoc/>
    public override string ConnectionVariable => "DATABASE_URL";

    // Where its CLI has them, with names as ours.
    /// <inheritdoc/>
    public override IReadOnlyList<string> ToolFolders { get; } = ["supabase/migrations"];

    /// <inheritdoc/>
    public override string ConnectionForm => "postgresql://postgres.<project>:<password>@<region>.pooler.supabase.com:6543/postgres";

    /// <inheritdoc/>
    public override ScriptLanguage Language => PostgreSqlDialect.Instance;

    /// <inheritdoc/>
    public override LintProfile Lint => PostgreSqlLint.Supabase;

    /// <inheritdoc/>
    public override DatabaseConfig Configure(string connection, DatabaseSettings settings) => SupabaseConfig.Parse(connection, settings);

    /// <inheritdoc/>
    public override DatabaseAdapter Create(DatabaseConfig config) => new PostgreSqlAdapter((PostgreSqlConfig)config);
}

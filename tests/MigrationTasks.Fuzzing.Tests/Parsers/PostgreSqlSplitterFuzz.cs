using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Scripts of PostgreSQL and Supabase.</summary>
[TestClass]
public sealed class PostgreSqlSplitterFuzz : SplitterFuzz
{
    protected override string Body => "create function f() returns int begin atomic ";

    private protected override SqlDialect Dialect => PostgreSqlDialect.Instance;
}

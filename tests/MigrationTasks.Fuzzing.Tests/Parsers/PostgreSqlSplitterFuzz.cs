using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Scripts of PostgreSQL and Supabase.</summary>
[TestClass]
public sealed class PostgreSqlSplitterFuzz : SplitterFuzz
{
    protected override string Body => "create function f() returns int begin atomic ";

    private protected override SqlDialect Dialect => SqlDialect.PostgreSql;
}

using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Scripts of SQLite.</summary>
[TestClass]
public sealed class SqliteSplitterFuzz : SplitterFuzz
{
    protected override string Body => "create trigger t after insert on a begin ";

    private protected override SqlDialect Dialect => SqliteDialect.Instance;
}

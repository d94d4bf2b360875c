using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.Engine;
using MigrationTasks.MongoDb;
using MigrationTasks.MySql;
using MigrationTasks.PostgreSql;
using MigrationTasks.Sqlite;
using PublicApiGenerator;

namespace MigrationTasks.Adapters.Tests.Surface;

/// <summary>
/// What applications and other people's adapters can compile against: it changes only on purpose. A change that is meant is
/// accepted as that of a golden file is.
/// </summary>
[TestClass]
public sealed class LibrarySurfaceTests
{
    private static readonly ApiGeneratorOptions Options = new() { IncludeAssemblyAttributes = false };

    [TestMethod]
    [DataRow(typeof(MigrationWorkflow))]
    [DataRow(typeof(PostgreSqlDefinition))]
    [DataRow(typeof(MySqlDefinition))]
    [DataRow(typeof(SqliteDefinition))]
    [DataRow(typeof(MongoDbDefinition))]
    [DataRow(typeof(BuiltInAdapters))]
    public void What_others_can_compile_against_is_as_approved(Type member) =>
        GoldenFile.IsApproved($"{member.Assembly.GetName().Name}.public.txt", member.Assembly.GeneratePublicApi(Options).ReplaceLineEndings("\n") + "\n");
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Migrations;

/// <summary>Rollbacks in files of their own.</summary>
[TestClass]
public sealed class RollbackFileTests
{
    [TestMethod]
    public void Two_rollbacks_of_one_migration_are_told_by_name()
    {
        var folder = Directory.CreateTempSubdirectory("migrationtasks-");
        try
        {
            foreach (var name in new[] { "001_a.sql", "001_a.down.sql", "1_a.down.sql" })
            {
                File.WriteAllText(Path.Combine(folder.FullName, name), "SELECT 1;");
            }

            var problem = Assert.ThrowsExactly<MigrationException>(() => MigrationFolder.Read(folder.FullName, PostgreSqlDialect.Instance, Placeholders.None));

            Assert.AreEqual("MIG2002", problem.Code);
            Assert.Contains("001_a.down.sql", problem.Message);
            Assert.Contains("1_a.down.sql", problem.Message);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

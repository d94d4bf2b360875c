using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Rollback;

/// <summary>
/// A plan as a table: the files (<c>name-</c> has no rollback), the rows of the history (<c>name:status</c>, <c>name!</c> with
/// another checksum, <c>name+</c> with the rollback that the history keeps), and what follows.
/// </summary>
[TestClass]
public sealed class RollbackPlanTests
{
    [TestMethod]
    [DataRow("1_a 2_b 3_c", "1_a 2_b 3_c", 1, "3_c:header", "", DisplayName = "one step")]
    [DataRow("1_a 2_b 3_c", "1_a 2_b 3_c", 3, "3_c:header 2_b:header 1_a:header", "", DisplayName = "all steps")]
    [DataRow("9_a 10_b", "9_a 10_b", 2, "10_b:header 9_a:header", "", DisplayName = "numbers, not texts")]
    [DataRow("1_a 2_b 3_c", "3_c 1_a 2_b", 2, "3_c:header 2_b:header", "", DisplayName = "by version, whatever was applied last")]
    [DataRow("1_a 2_b 3_c", "1_a 2_b", 1, "2_b:header", "", DisplayName = "what is pending does not count")]
    [DataRow("1_a", "1_a 2_b+", 2, "2_b:history 1_a:header", "", DisplayName = "a file is gone")]
    [DataRow("1_a", "1_a 2_b", 2, "", "MIG3017", DisplayName = "a file is gone and the history keeps nothing")]
    [DataRow("1_a- 2_b", "1_a 2_b", 2, "", "MIG3017", DisplayName = "one has no rollback")]
    [DataRow("1_a- 2_b-", "1_a 2_b", 2, "", "MIG3017 MIG3017", DisplayName = "all that have no rollback are named")]
    [DataRow("1_a-", "1_a+", 1, "1_a:history", "", DisplayName = "the rollback was removed from the file")]
    [DataRow("1_a", "1_a+", 1, "1_a:header", "", DisplayName = "the file counts")]
    [DataRow("1_a", "1_a!+", 1, "", "MIG3018", DisplayName = "the migration was changed: never what the history keeps")]
    [DataRow("1_a", "1_a!", 1, "", "MIG3018", DisplayName = "the migration was changed, and the history keeps nothing")]
    [DataRow("1_a-", "1_a!+", 1, "1_a:history", "", DisplayName = "the migration was changed, and its rollback removed")]
    [DataRow("1_a 2_b", "1_a 2_b:failed", 1, "", "MIG3018", DisplayName = "the newest failed")]
    [DataRow("1_a 2_b", "1_a 2_b:running", 2, "", "MIG3018", DisplayName = "the newest is interrupted")]
    [DataRow("1_a 2_b", "1_a:failed 2_b", 1, "2_b:header", "", DisplayName = "an older one that failed is in nobody's way")]
    [DataRow("1_a 2_b", "1_a 2_b:undoing", 1, "", "MIG3020", DisplayName = "a rollback was interrupted earlier")]
    [DataRow("1_a 2_b", "1_a 2_b:undofailed", 1, "", "MIG3020", DisplayName = "a rollback failed earlier")]
    [DataRow("1_a 2_b", "1_a:imported 2_b:baseline", 2, "2_b:header 1_a:header", "", DisplayName = "what somebody else applied")]
    [DataRow("000_migrations_table- 1_a", "000_migrations_table 1_a", 1, "1_a:header", "", DisplayName = "the history is not counted")]
    [DataRow("000_migrations_table- 1_a", "000_migrations_table 1_a", 2, "", "MIG3019", DisplayName = "the history is not undone")]
    [DataRow("1_a", "1_a seed+ R__view+", 1, "1_a:header", "", DisplayName = "rows without a version are not counted")]
    [DataRow("1_a", "", 1, "", "MIG3019", DisplayName = "nothing is applied")]
    [DataRow("1_a 2_b", "1_a 2_b", 3, "", "MIG3019", DisplayName = "more steps than migrations")]
    public void Steps_lead_back_from_the_newest(string files, string history, int steps, string undone, string problems) =>
        AssertPlan(undone, problems, Create(files, history, new RollbackOptions(steps)));

    [TestMethod]
    [DataRow("1_a 2_b 3_c", "2", "3_c:header", "", DisplayName = "the target stays")]
    [DataRow("1_a 2_b 3_c", "002", "3_c:header", "", DisplayName = "zeros before it do not count")]
    [DataRow("1_a 2_b 3_c", "3", "", "", DisplayName = "nothing is newer")]
    [DataRow("1_a 2_b 3_c", "0", "3_c:header 2_b:header 1_a:header", "", DisplayName = "zero undoes all")]
    [DataRow("", "0", "", "", DisplayName = "zero of nothing is nothing")]
    [DataRow("1_a 3_c", "2", "", "MIG3019", DisplayName = "a target that is pending")]
    [DataRow("1_a", "7", "", "MIG3019", DisplayName = "a target that nobody knows")]
    [DataRow("1_a 2_b:failed 3_c", "2", "", "MIG3019", DisplayName = "a target that failed")]
    [DataRow("000_first 1_a", "0", "1_a:header 000_first:header", "", DisplayName = "all, that of version zero too")]
    public void A_target_stays_and_all_that_is_newer_goes(string history, string target, string undone, string problems)
    {
        Assert.IsTrue(MigrationVersion.TryParse(target, out var version));

        AssertPlan(undone, problems, Create("000_first 1_a 2_b 3_c", history, new RollbackOptions(Target: version)));
    }

    [TestMethod]
    [DataRow("1_a 2_b", "2_b:header", "", DisplayName = "another run undid the newest")]
    [DataRow("1_a", "", "", DisplayName = "another run undid all")]
    [DataRow("1_a 2_b 3_c", "3_c:header 2_b:header", "", DisplayName = "all is as before")]
    [DataRow("1_a 3_c", "3_c:header", "", DisplayName = "the older one is gone")]
    [DataRow("1_a 2_b 4_d", "", "MIG3018", DisplayName = "a newer one was applied")]
    [DataRow("1_a 4_d", "", "", DisplayName = "a newer one was applied, and nothing is left to undo")]
    [DataRow("1_a 2_b 3_c:undoing", "2_b:header", "MIG3020", DisplayName = "another run died in a rollback")]
    public void A_plan_that_is_made_anew_never_undoes_more_than_the_first(string history, string undone, string problems)
    {
        const string Files = "1_a 2_b 3_c 4_d";
        var first = Create(Files, "1_a 2_b 3_c", new RollbackOptions(2));

        AssertPlan(undone, problems, first.Renew(Folder(Files), History(history), SqliteDialect.Instance));
    }

    [TestMethod]
    [DataRow(HistoryStatus.UndoFailed, 1, "failed in an earlier run, after 1 statement. It runs outside a transaction, so what that statement undid stays undone. ")]
    [DataRow(HistoryStatus.UndoFailed, 2, "failed in an earlier run, after 2 statements. It runs outside a transaction, so what those statements undid stays undone. ")]
    [DataRow(HistoryStatus.Undoing, 2, "was interrupted in an earlier run, after 2 statements for certain, perhaps one more. ")]
    [DataRow(HistoryStatus.Undoing, 0, "was interrupted in an earlier run. It runs outside a transaction, and perhaps its first statement was completed. ")]
    public void What_stands_of_a_rollback_is_told_as_far_as_it_is_known(HistoryStatus status, int done, string says)
    {
        MigrationHistory history = new(HistoryTableName.Default, HistoryTableState.Complete, [new HistoryRow("1_a.sql", "sha256:same", Status: status, StatementsDone: done)]);

        var ofRollback = RollbackPlan.Create(Folder("1_a"), history, new RollbackOptions(1), SqliteDialect.Instance).Errors.Single();
        var ofRun = MigrationPlan.Create(Folder("1_a"), history, new PlanOptions()).Errors.Single();

        Assert.Contains($"The rollback of 1_a.sql {says}", ofRollback.Message);
        Assert.AreEqual(ofRollback, ofRun);
    }

    private static void AssertPlan(string undone, string problems, RollbackPlan plan)
    {
        Assert.AreEqual(problems, string.Join(' ', plan.Errors.Select(error => error.Code)), string.Join('\n', plan.Errors));
        if (problems.Length == 0)
        {
            Assert.AreEqual(undone, string.Join(' ', plan.Steps.Select(step => $"{Stem(step.Name)}:{step.Source.ToString().ToLowerInvariant()}")));
        }
    }

    private static RollbackPlan Create(string files, string history, RollbackOptions options) => RollbackPlan.Create(Folder(files), History(history), options, SqliteDialect.Instance);

    private static MigrationFolder Folder(string files) => new("/folder", [.. Split(files).Select(File)], []);

    private static Migration File(string text)
    {
        var stem = text.TrimEnd('-');
        Assert.IsTrue(MigrationFileName.TryParse($"{stem}.sql", ".sql", out var name), stem);
        var header = SqlHeader.Read(stem == text ? "-- Rollback: SELECT 'header';" : "");
        return new Migration($"/folder/{stem}.sql", name, "sha256:same", header, header.Rollback, SqliteDialect.Instance, Placeholders.None);
    }

    private static MigrationHistory History(string rows) => new(HistoryTableName.Default, HistoryTableState.Complete, [.. Split(rows).Select(Row)]);

    private static HistoryRow Row(string text) => new(
        $"{text.Split(':')[0].TrimEnd('!', '+')}.sql",
        text.Contains('!', StringComparison.Ordinal) ? "sha256:other" : "sha256:same",
        Status: text.Split(':') is [_, var status] ? Enum.Parse<HistoryStatus>(status, ignoreCase: true) : HistoryStatus.Applied,
        Rollback: text.EndsWith('+') ? "SELECT 'history';" : null);

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

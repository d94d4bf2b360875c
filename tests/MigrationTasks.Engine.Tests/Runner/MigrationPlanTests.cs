using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>
/// A plan as a table: the files, the rows of the history (<c>name:status</c>, <c>name!</c> with another checksum), and what
/// comes of them.
/// </summary>
[TestClass]
public sealed class MigrationPlanTests
{
    [TestMethod]
    [DataRow("", "", "", "", "", DisplayName = "nothing at all")]
    [DataRow("1_a 2_b", "", "1_a:Pending 2_b:Pending", "1_a 2_b", "", DisplayName = "a first run")]
    [DataRow("1_a 2_b", "1_a 2_b", "1_a:Applied 2_b:Applied", "", "", DisplayName = "nothing pending")]
    [DataRow("1_a 2_b", "1_a", "1_a:Applied 2_b:Pending", "2_b", "", DisplayName = "partly applied")]
    [DataRow("1_a 2_b 3_c", "2_b", "1_a:OutOfOrder 2_b:Applied 3_c:Pending", "1_a 3_c", "MIG3003", DisplayName = "out of order")]
    [DataRow("1_a 2_b", "3_c", "1_a:OutOfOrder 2_b:OutOfOrder 3_c:Missing", "1_a 2_b", "MIG3003 MIG3003 MIG3004", DisplayName = "out of order behind one whose file is not here")]
    [DataRow("1_a 2_b", "1_a!", "1_a:Edited 2_b:Pending", "2_b", "MIG3002!", DisplayName = "edited")]
    [DataRow("1_a", "1_a?", "1_a:Applied", "", "", DisplayName = "applied by a tool without checksums")]
    [DataRow("2_b", "1_a", "1_a:Missing 2_b:Pending", "2_b", "MIG3004", DisplayName = "a file is missing")]
    [DataRow("1_x", "1_a", "1_x:Renamed 1_a:Missing", "", "MIG3010! MIG3004", DisplayName = "renamed")]
    [DataRow("1_x", "1_a:failed", "1_x:Renamed 1_a:Missing", "", "MIG3010! MIG3004", DisplayName = "failed and renamed")]
    [DataRow("1_a 2_b", "2_b:failed", "1_a:Pending 2_b:Failed", "1_a", "MIG3005!", DisplayName = "nothing of the newer one is applied")]
    [DataRow("1_caf\u00e9", "1_cafe\u0301", "1_caf\u00e9:Applied", "", "", DisplayName = "a name in another form of Unicode")]
    [DataRow("1_cafe\u0301", "1_caf\u00e9", "1_caf\u00e9:Applied", "", "", DisplayName = "a file's name in another form of Unicode")]
    [DataRow("001_x", "1_a", "001_x:Renamed 1_a:Missing", "", "MIG3010! MIG3004", DisplayName = "renamed and renumbered")]
    [DataRow("1_a 2_b", "1_a:running", "1_a:Running 2_b:Pending", "2_b", "MIG3006!", DisplayName = "interrupted")]
    [DataRow("1_a 2_b", "1_a:failed", "1_a:Failed 2_b:Pending", "2_b", "MIG3005!", DisplayName = "failed earlier")]
    [DataRow("9_a 10_b", "", "9_a:Pending 10_b:Pending", "9_a 10_b", "", DisplayName = "numbers, not texts")]
    [DataRow("000_migrations_table 1_a", "1_a", "000_migrations_table:NotNeeded 1_a:Applied", "", "", DisplayName = "the history is there already")]
    [DataRow("1_a R__a R__b", "", "1_a:Pending R__a:Pending R__b:Pending", "1_a R__a R__b", "", DisplayName = "repeatable ones, for the first time")]
    [DataRow("1_a R__a R__b", "1_a R__a! R__b", "1_a:Applied R__a:Changed R__b:Applied", "R__a", "", DisplayName = "a repeatable one that was changed")]
    [DataRow("R__a", "R__a?", "R__a:Changed", "R__a", "", DisplayName = "a repeatable one of which no checksum was recorded")]
    [DataRow("1_a 2_b R__a", "2_b R__a", "1_a:OutOfOrder 2_b:Applied R__a:Applied", "1_a", "MIG3003", DisplayName = "a repeatable one is not newer than anything")]
    [DataRow("1_a R__b", "R__c R__a 2_b", "1_a:OutOfOrder 2_b:Missing R__a:Missing R__b:Pending R__c:Missing", "1_a R__b", "MIG3003 MIG3004", DisplayName = "repeatable ones without a file")]
    [DataRow("R__a", "R__a:running", "R__a:Changed", "R__a", "", DisplayName = "a repeatable one that was interrupted")]
    [DataRow("R__a", "R__a:failed", "R__a:Changed", "R__a", "", DisplayName = "a repeatable one that failed outside a transaction")]
    [DataRow("1_a", "seed 1_a", "seed:Missing 1_a:Applied", "", "MIG3004", DisplayName = "a row without a version")]
    public void A_plan_follows_from_files_and_history(string files, string history, string entries, string steps, string problems)
    {
        var plan = Create(files, history);

        Assert.AreEqual(entries, string.Join(' ', plan.Entries.Select(entry => $"{Stem(entry.Name)}:{entry.State}")), "entries");
        Assert.AreEqual(steps, string.Join(' ', plan.Steps.Select(step => Stem(step.Migration.Name))), "steps");
        Assert.AreEqual(problems, string.Join(' ', [.. plan.Errors.Select(error => $"{error.Code}!"), .. plan.Warnings.Select(warning => warning.Code)]), "problems");
    }

    [TestMethod]
    [DataRow(OutOfOrderPolicy.Warn, "", "MIG3003")]
    [DataRow(OutOfOrderPolicy.Error, "MIG3003", "")]
    [DataRow(OutOfOrderPolicy.Allow, "", "")]
    public void What_is_out_of_order_is_judged_as_asked(OutOfOrderPolicy policy, string errors, string warnings)
    {
        var plan = Create("1_a 2_b", "2_b", new PlanOptions(policy));

        Assert.AreEqual((errors, warnings), (string.Join(' ', plan.Errors.Select(error => error.Code)), string.Join(' ', plan.Warnings.Select(warning => warning.Code))));
    }

    [TestMethod]
    public void A_target_leaves_out_what_is_newer()
    {
        Assert.IsTrue(MigrationVersion.TryParse("02", out var target));

        var plan = Create("1_a 2_b 3_c", "", new PlanOptions(Target: target));

        Assert.AreEqual("1_a 2_b", string.Join(' ', plan.Steps.Select(step => Stem(step.Migration.Name))));
        Assert.AreEqual(1, plan.Count(MigrationState.AboveTarget));
    }

    [TestMethod]
    [DataRow("4", "1_a 2_b 3_c", "The newest is 3_c.sql.", DisplayName = "beyond the newest")]
    [DataRow("0", "000_migrations_table 1_a", "The newest is 1_a.sql.", DisplayName = "that of the history's own script")]
    [DataRow("20260102030504", "20260102030405_a 20260103030405_b", "Do you mean 20260102030405?", DisplayName = "almost that of one")]
    [DataRow("1", "R__a", "It has no migrations.", DisplayName = "with repeatable migrations alone")]
    public void A_target_that_no_migration_has_stands_in_the_way(string version, string files, string says)
    {
        Assert.IsTrue(MigrationVersion.TryParse(version, out var target));

        var problem = Create(files, "", new PlanOptions(Target: target)).Errors.Single();

        Assert.AreEqual("MIG3022", problem.Code);
        Assert.Contains(says, problem.Message);
    }

    [TestMethod]
    [DataRow("1", "", "1_a", "2_b R__a R__b", DisplayName = "with something above it")]
    [DataRow("1", "1_a R__b!", "", "2_b R__a R__b", DisplayName = "with a changed one and something above it")]
    [DataRow("2", "1_a R__b!", "2_b R__a R__b", "", DisplayName = "that is the newest")]
    [DataRow("1", "1_a 2_b R__b!", "R__a R__b", "", DisplayName = "that all is beyond already")]
    public void Repeatable_migrations_run_when_nothing_is_left_above_the_target(string version, string history, string steps, string aboveTarget)
    {
        Assert.IsTrue(MigrationVersion.TryParse(version, out var target));

        var plan = Create("1_a 2_b R__a R__b", history, new PlanOptions(Target: target));

        Assert.AreEqual(steps, string.Join(' ', plan.Steps.Select(step => Stem(step.Migration.Name))));
        Assert.AreEqual(aboveTarget, string.Join(' ', plan.Entries.Where(entry => entry.State == MigrationState.AboveTarget).Select(entry => Stem(entry.Name))));
    }

    [TestMethod]
    public void A_step_that_repeats_holds_the_row_that_it_changes()
    {
        var plan = Create("R__a R__b", "R__a!");

        Assert.AreEqual(("R__a.sql", null), (plan.Steps[0].Before?.Name, plan.Steps[1].Before));
        Assert.IsFalse(plan.Steps[0].IsDone(plan.Steps[0].Before!));
        Assert.IsTrue(plan.Steps[0].IsDone(new HistoryRow("R__a.sql", "sha256:same")));
        Assert.IsFalse(plan.Steps[0].IsDone(new HistoryRow("R__b.sql", "sha256:same")));
        Assert.IsFalse(plan.Steps[1].IsDone(new HistoryRow("R__b.sql", "sha256:same", Status: HistoryStatus.Failed)));
    }

    [TestMethod]
    public void The_script_of_the_history_is_no_step()
    {
        var plan = Create("000_migrations_table 1_a", null);

        Assert.AreEqual("000_migrations_table", Stem(plan.HistoryScript!.Name));
        Assert.AreEqual("1_a", string.Join(' ', plan.Steps.Select(step => Stem(step.Migration.Name))));
        Assert.IsFalse(plan.IsEmpty);
    }

    [TestMethod]
    public void A_row_may_lack_the_ending_of_its_file()
    {
        var plan = MigrationPlan.Create(Folder("1_a"), Complete(new HistoryRow("1_a")), new PlanOptions());

        Assert.AreEqual(MigrationState.Applied, plan.Entries.Single().State);
    }

    [TestMethod]
    [DataRow("-- why\nCREATE  TABLE a (x);", MigrationState.Applied, true, DisplayName = "comments and layout")]
    [DataRow("CREATE TABLE a (y);", MigrationState.Edited, false, DisplayName = "a token")]
    [DataRow("CREATE TABLE a ('x);", MigrationState.Edited, false, DisplayName = "a script that cannot be split")]
    [DataRow(null, MigrationState.Edited, false, DisplayName = "a file that is gone")]
    public void A_changed_file_is_read_to_see_whether_only_its_comments_were_edited(string? text, MigrationState state, bool hasEditedComments)
    {
        using var folder = new TestFolder();
        var applied = File("1_a", folder.Write("1_a.sql", "CREATE TABLE a (x);"));
        var row = new HistoryRow("1_a.sql", "sha256:other", TokenChecksum: applied.ReadTokenChecksum());
        System.IO.File.Delete(applied.Path);
        if (text is not null)
        {
            folder.Write("1_a.sql", text);
        }

        var plan = MigrationPlan.Create(new MigrationFolder(folder.Path, [File("1_a", applied.Path)], []), Complete(row), new PlanOptions());

        Assert.AreEqual((state, hasEditedComments), (plan.Entries.Single().State, plan.Entries.Single().HasEditedComments));
        Assert.IsEmpty(plan.Warnings);
    }

    [TestMethod]
    public void Any_change_counts_when_only_the_checksum_of_the_bytes_was_recorded()
    {
        using var folder = new TestFolder();

        var plan = MigrationPlan.Create(
            new MigrationFolder(folder.Path, [File("1_a", folder.Write("1_a.sql", "SELECT 1;"))], []), Complete(new HistoryRow("1_a.sql", "sha256:other")), new PlanOptions());

        Assert.AreEqual(MigrationState.Edited, plan.Entries.Single().State);
    }

    [TestMethod]
    [DataRow(HistoryStatus.Applied, 0, "MIG3010 Its version is applied already, as 1_a.sql, which has no file here.", "MIG3004 1_a.sql is applied, but its file is not in this folder.", "applied under another name", 1)]
    [DataRow(HistoryStatus.Failed, 0, "MIG3010 Its version is in the history as 1_a.sql, which failed before its first statement was completed and has no file here.", "MIG3004 1_a.sql failed before its first statement was completed, and its file is not in this folder.", "unfinished under another name", 0)]
    [DataRow(HistoryStatus.Running, 1, "MIG3010 Its version is in the history as 1_a.sql, which was interrupted after 1 statement and has no file here.", "MIG3004 1_a.sql was interrupted after 1 statement, and its file is not in this folder.", "unfinished under another name", 0)]
    [DataRow(HistoryStatus.Undoing, 2, "MIG3010 Its version is in the history as 1_a.sql, which was rolled back in part and has no file here.", "MIG3004 1_a.sql was rolled back in part, and its file is not in this folder.", "unfinished under another name", 0)]
    public void What_was_not_completed_is_not_called_applied(HistoryStatus status, int done, string renamed, string missing, string state, int applied)
    {
        var plan = MigrationPlan.Create(Folder("1_x"), Complete(new HistoryRow("1_a.sql", "sha256:same", Status: status, StatementsDone: done)), new PlanOptions());

        Assert.StartsWith(renamed, $"{plan.Errors.Single().Code} {plan.Errors.Single().Message}");
        Assert.StartsWith(missing, $"{plan.Warnings.Single().Code} {plan.Warnings.Single().Message}");
        Assert.AreEqual(state, StatusReport.WordsOf(plan.Entries[0]));
        Assert.AreEqual(applied, new StatusReport { Database = "", Folder = "", Entries = plan.Entries }.Applied);
    }

    [TestMethod]
    public void A_migration_that_was_only_begun_is_not_said_to_have_been_applied_before_another()
    {
        var plan = MigrationPlan.Create(Folder("1_a"), Complete(new HistoryRow("2_b.sql", Status: HistoryStatus.Failed, StatementsDone: 1)), new PlanOptions());

        Assert.Contains("2_b.sql was begun before it", plan.Warnings[0].Message);
    }

    private static MigrationHistory Complete(params HistoryRow[] rows) => new(HistoryTableName.Default, HistoryTableState.Complete, rows);

    private static MigrationPlan Create(string files, string? history, PlanOptions? options = null) => MigrationPlan.Create(
        Folder(files),
        history is null ? MigrationHistory.Absent(HistoryTableName.Default) : Complete([.. Split(history).Select(Row)]),
        options ?? new PlanOptions());

    private static MigrationFolder Folder(string files) => new("/folder", [.. Split(files).Select(stem => File(stem))], []);

    private static Migration File(string stem, string? path = null)
    {
        Assert.IsTrue(MigrationFileName.TryParse($"{stem}.sql", ".sql", out var name), stem);
        return new Migration(path ?? $"/folder/{stem}.sql", name, "sha256:same", MigrationHeader.Empty, null, SqliteDialect.Instance, Placeholders.None);
    }

    private static HistoryRow Row(string text)
    {
        var name = text.Split(':')[0].TrimEnd('!', '?');
        var checksum = text.EndsWith('?') ? null : text.EndsWith('!') ? "sha256:other" : "sha256:same";
        var status = text.Split(':') is [_, var word] ? Enum.Parse<HistoryStatus>(word, ignoreCase: true) : HistoryStatus.Applied;
        return new HistoryRow($"{name}.sql", checksum, Status: status);
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

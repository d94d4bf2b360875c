using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Maintenance;

/// <summary>
/// A repair as a table: the files, the rows of the history (<c>name:status</c>, <c>name!</c> with another checksum), what is asked
/// for, and what becomes of the rows.
/// </summary>
[TestClass]
public sealed class RepairPlanTests
{
    private const Repairs All = Repairs.Checksums | Repairs.Renamed | Repairs.Failed | Repairs.Missing;

    [TestMethod]
    [DataRow("1_a 2_b", "1_a", All, "", "", "", DisplayName = "nothing is wrong")]
    [DataRow("1_a", "", All, "", "", "", DisplayName = "no history")]
    [DataRow("1_a", "1_a!", Repairs.None, "", "1_a:Checksums", "", DisplayName = "nothing is asked for")]
    [DataRow("1_a", "1_a!", Repairs.Missing, "", "1_a:Checksums", "", DisplayName = "something else is asked for")]
    [DataRow("1_a", "1_a!", Repairs.Checksums, "1_a:Checksums", "", "1_a=1_a", DisplayName = "edited")]
    [DataRow("1_x", "1_a", Repairs.Renamed, "1_a:Renamed", "", "1_a=1_x", DisplayName = "renamed")]
    [DataRow("1_x", "1_a!", Repairs.Renamed, "1_a:Renamed", "1_a:Checksums", "1_a=1_x!", DisplayName = "renamed and edited: one is asked for")]
    [DataRow("1_x", "1_a!", Repairs.Checksums, "1_a:Checksums", "1_a:Renamed", "1_a=1_a", DisplayName = "renamed and edited: the other is asked for")]
    [DataRow("1_x", "1_a!", All, "1_a:Renamed 1_a:Checksums", "", "1_a=1_x", DisplayName = "renamed and edited: both are one change")]
    [DataRow("1_x 2_b", "1_a 2_b", Repairs.Missing, "", "1_a:Renamed", "", DisplayName = "a renamed one is not missing: it would run again")]
    [DataRow("1_a", "1_a:failed", Repairs.Failed, "1_a:Failed", "", "1_a-", DisplayName = "failed: run again")]
    [DataRow("1_a", "1_a:running", Repairs.Completed, "1_a:Completed", "", "1_a=1_a", DisplayName = "interrupted: completed by hand")]
    [DataRow("1_a", "1_a:failed!", Repairs.Completed, "1_a:Completed", "", "1_a=1_a", DisplayName = "failed, corrected and completed by hand")]
    [DataRow("1_a", "1_a:failed", Repairs.None, "", "1_a:Failed 1_a:Completed", "", DisplayName = "failed: there are two ways")]
    [DataRow("1_x", "1_a:failed", Repairs.None, "", "1_a:Renamed 1_a:Failed 1_a:Completed", "", DisplayName = "failed and renamed: there are three ways")]
    [DataRow("1_x", "1_a:failed", Repairs.Renamed, "1_a:Renamed", "1_a:Failed 1_a:Completed", "1_a=1_x:failed", DisplayName = "failed and renamed: the row gets the new name")]
    [DataRow("1_x", "1_a:failed", Repairs.Failed | Repairs.Renamed, "1_a:Renamed 1_a:Failed", "", "1_a-", DisplayName = "failed and renamed: run from its beginning")]
    [DataRow("2_b", "1_a 2_b", Repairs.Missing, "1_a:Missing", "", "1_a-", DisplayName = "no file")]
    [DataRow("2_b", "1_a:failed 2_b", Repairs.Missing, "1_a:Missing", "", "1_a-", DisplayName = "failed, and no file")]
    [DataRow("2_b", "seed 2_b", Repairs.Missing, "seed:Missing", "", "seed-", DisplayName = "no version and no file")]
    [DataRow("1_a 2_b 3_c", "1_a! 2_b:failed 4_d", All, "1_a:Checksums 2_b:Failed 4_d:Missing", "", "1_a=1_a 2_b- 4_d-", DisplayName = "all at once")]
    public void Rows_change_as_it_is_asked_for(string files, string history, Repairs asked, string done, string possible, string changes)
    {
        var plan = Create(files, history, asked);

        Assert.AreEqual(done, Text(plan.Asked), "done");
        Assert.AreEqual(possible, Text(plan.Possible), "possible");
        Assert.AreEqual(changes, string.Join(' ', plan.Changes.Select(change => Text(change.Before!, change.After))), "changes");
    }

    [TestMethod]
    [DataRow("1", "1_a")]
    [DataRow("001", "1_a")]
    [DataRow("1_a", "1_a")]
    [DataRow("1_A.SQL", "1_a")]
    [DataRow("1_a;3", "1_a 3_x")]
    [DataRow("3_c", "3_x", DisplayName = "a renamed one by its file's name")]
    [DataRow("3_x", "3_x", DisplayName = "a renamed one by its row's name")]
    [DataRow("2", "", DisplayName = "one that needs no repair")]
    public void Only_those_that_are_named_are_repaired(string only, string done)
    {
        var plan = Create("1_a 2_b 3_c", "1_a! 2_b 3_x", All, only.Split(';'));

        Assert.AreEqual(done, string.Join(' ', plan.Asked.Select(repair => Stem(repair.Row.Name))));
    }

    [TestMethod]
    [DataRow("7")]
    [DataRow("a")]
    [DataRow("1_a.down.sql")]
    public void A_name_that_nothing_has_is_an_error(string only) =>
        Assert.AreEqual("MIG1026", Assert.ThrowsExactly<MigrationException>(() => Create("1_a", "1_a!", All, only)).Code);

    [TestMethod]
    public void A_history_is_not_emptied_by_looking_into_the_wrong_folder()
    {
        Assert.AreEqual("MIG3023", Assert.ThrowsExactly<MigrationException>(() => Create("3_c", "1_a 2_b", Repairs.Missing)).Code);
        Assert.HasCount(2, Create("3_c", "1_a 2_b", Repairs.Missing, "1", "2").Changes);
    }

    private static RepairPlan Create(string files, string history, Repairs asked, params string[] only) => RepairPlan.Create(
        new MigrationFolder("/folder", [.. Split(files).Select(File)], []),
        new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, [.. Split(history).Select(Row)]),
        new RepairOptions(asked, only));

    private static Migration File(string stem)
    {
        Assert.IsTrue(MigrationFileName.TryParse($"{stem}.sql", ".sql", out var name), stem);
        return new Migration($"/folder/{stem}.sql", name, "sha256:same", MigrationHeader.Empty, null, SqliteDialect.Instance, Placeholders.None);
    }

    private static HistoryRow Row(string text)
    {
        var parts = text.TrimEnd('!').Split(':');
        return new HistoryRow($"{parts[0]}.sql", text.EndsWith('!') ? "sha256:other" : "sha256:same", Status: parts.Length > 1 ? Enum.Parse<HistoryStatus>(parts[1], ignoreCase: true) : HistoryStatus.Applied);
    }

    private static string Text(IEnumerable<RowRepair> repairs) => string.Join(' ', repairs.Select(repair => $"{Stem(repair.Row.Name)}:{repair.Kind}"));

    private static string Text(HistoryRow before, HistoryRow? after)
    {
        var status = after is null || after.IsApplied ? "" : $":{after.Status.ToString().ToLowerInvariant()}";
        return after is null ? $"{Stem(before.Name)}-" : $"{Stem(before.Name)}={Stem(after.Name)}{status}{(after.Checksum == "sha256:same" ? "" : "!")}";
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

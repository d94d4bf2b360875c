using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Import;

/// <summary>
/// A mapping as a table: the entries (<c>version:name</c>, with <c>file=</c> for the script's own name), the files, the names in the
/// history, and what becomes of each entry.
/// </summary>
[TestClass]
public sealed class ImportPlanTests
{
    [TestMethod]
    [DataRow("1:a 2:b", "1_a 2_b 3_c", "", "1_a:Imported 2_b:Imported", DisplayName = "version and name")]
    [DataRow("1: 2:", "001_a 002_b", "", "001_a:Imported 002_b:Imported", DisplayName = "a version alone")]
    [DataRow("1.0:create-users", "1_CreateUsers", "", "1_CreateUsers:Imported", DisplayName = "separators, case, and a version with a zero behind the dot")]
    [DataRow("1.1:a 1.2:b", "1_a 2_b", "", "1_a:Imported 2_b:Imported", DisplayName = "versions with dots go by name")]
    [DataRow("7:a", "1_a", "", "1_a:Imported", DisplayName = "a new number, the same name")]
    [DataRow(":a", "1_a", "", "1_a:Imported", DisplayName = "no version, a name")]
    [DataRow("1:a", "1_b", "", "-:Uncertain", DisplayName = "the version of one, but not its name")]
    [DataRow("1:a 2:b", "1_b 2_a", "", "2_a:Imported 1_b:Imported", DisplayName = "the numbers are swapped")]
    [DataRow("1:init 1.1:add_orders 2:add_payments", "001_init 002_add_orders 003_add_payments", "", "001_init:Imported 002_add_orders:Imported 003_add_payments:Imported", DisplayName = "files that were counted anew, because versions had dots")]
    [DataRow("2:b", "2_a 3_b 4_b", "", "-:Uncertain", DisplayName = "the version of one, and the name of two others")]
    [DataRow("3:c", "1_a", "", "-:Uncertain", DisplayName = "no file")]
    [DataRow("1.2:", "1_a 2_b", "", "-:Uncertain", DisplayName = "a version with dots, and no name")]
    [DataRow("7:a", "1_a 2_a", "", "-:Uncertain", DisplayName = "two files of the name")]
    [DataRow("1:a 1.0:a", "1_a", "", "1_a:Imported -:Uncertain", DisplayName = "two entries for one file")]
    [DataRow("9:z,file=1_a.sql", "1_a 9_b", "", "1_a:Imported", DisplayName = "the script's own name comes first")]
    [DataRow("1:a 2:b", "1_a 2_b", "1_a", "1_a:AlreadyApplied 2_b:Imported", DisplayName = "some are in the history")]
    [DataRow("1:a", "000_migrations_table 1_a", "", "1_a:Imported", DisplayName = "the history's own script is no migration")]
    [DataRow("0:migrations_table", "000_migrations_table 1_a", "", "-:Uncertain", DisplayName = "nor does an entry stand for it")]
    [DataRow("<=2", "1_a 2_b 3_c", "", "1_a:Imported 2_b:Imported", DisplayName = "all up to a version")]
    [DataRow("<=5", "1_a 2_b", "", "-:Uncertain", DisplayName = "all up to a version that is not there")]
    [DataRow("<=2", "1_a 2_b", "1_a 2_b", "1_a:AlreadyApplied 2_b:AlreadyApplied", DisplayName = "all up to a version, once more")]
    [DataRow("base<=2 3:c", "1_a 2_b 3_c", "", "1_a:Baseline 2_b:Baseline 3_c:Imported", DisplayName = "a baseline")]
    [DataRow("base<=2", "3_c", "", "-:NeedsNoFile", DisplayName = "a baseline of what has no files")]
    [DataRow("base<=1.5", "1_a", "", "-:Uncertain", DisplayName = "a baseline that cannot be compared")]
    [DataRow("base<3 3:c", "1_a 2_b 3_c", "", "1_a:Baseline 2_b:Baseline 3_c:Imported", DisplayName = "a start version")]
    [DataRow("1:a base<=2", "1_a 2_b", "", "1_a:Imported 2_b:Baseline", DisplayName = "what was run is not a baseline")]
    [DataRow("R:views", "1_a R__Views", "", "R__Views:ImportedToRunAgain", DisplayName = "repeatable")]
    [DataRow("R:views", "1_views", "", "-:NeedsNoFile", DisplayName = "repeatable, and no such file")]
    [DataRow(":views", "R__views", "", "-:Uncertain", DisplayName = "a repeatable file stands for no other entry")]
    [DataRow(":views,file=R__views.sql", "R__views", "", "R__views:ImportedToRunAgain", DisplayName = "unless that has its very name")]
    [DataRow("none fail", "1_a", "", "-:NeedsNoFile -:Failed", DisplayName = "neither needs a file")]
    public void Entries_are_mapped_to_files(string entries, string files, string history, string lines)
    {
        var plan = Create(entries, files, history);

        Assert.AreEqual(lines, string.Join(' ', plan.Lines.Select(line => $"{Stem(line.Migration ?? "-")}:{line.Outcome}")), string.Join('\n', plan.Lines));
        Assert.AreEqual(
            string.Join(' ', plan.Lines.Where(line => line.Outcome is ImportOutcome.Imported or ImportOutcome.Baseline or ImportOutcome.ImportedToRunAgain).Select(line => line.Migration)),
            string.Join(' ', plan.Changes.Select(change => change.Name)));
    }

    [TestMethod]
    public void A_row_has_the_checksum_of_the_file_and_the_time_of_the_entry()
    {
        var row = Create("1:a base<=2 R:views", "1_a 2_b R__views", "").Changes.Select(change => change.After!).ToList();

        Assert.AreEqual((HistoryStatus.Imported, "sha256:same", Time), (row[0].Status, row[0].Checksum, row[0].ExecutedAt!.Value));
        Assert.AreEqual((HistoryStatus.Baseline, "sha256:same"), (row[1].Status, row[1].Checksum));
        Assert.AreEqual((HistoryStatus.Imported, null, Time), (row[2].Status, row[2].Checksum, row[2].ExecutedAt!.Value));
    }

    private static readonly DateTimeOffset Time = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static ImportPlan Create(string entries, string files, string history) => ImportPlan.Create(
        [.. Split(entries).Select(Entry)],
        new MigrationFolder("/folder", [.. Split(files).Select(File)], []),
        new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, [.. Split(history).Select(name => new HistoryRow($"{name}.sql"))]));

    private static ForeignEntry Entry(string text)
    {
        var parts = text.Split(",file=");
        var entry = parts[0] switch
        {
            "none" => new ForeignEntry(ForeignEntryKind.WithoutFile, text),
            "fail" => new ForeignEntry(ForeignEntryKind.Failed, text),
            _ when text.StartsWith("base<=", StringComparison.Ordinal) => new ForeignEntry(ForeignEntryKind.BaselineUpTo, text) { Version = text[6..] },
            _ when text.StartsWith("base<", StringComparison.Ordinal) => new ForeignEntry(ForeignEntryKind.BaselineBefore, text) { Version = text[5..] },
            _ when text.StartsWith("<=", StringComparison.Ordinal) => new ForeignEntry(ForeignEntryKind.AppliedUpTo, text) { Version = text[2..] },
            _ when text.StartsWith("R:", StringComparison.Ordinal) => new ForeignEntry(ForeignEntryKind.Repeatable, text) { Title = text[2..] },
            var applied => new ForeignEntry(ForeignEntryKind.Applied, text) { Version = applied.Split(':')[0], Title = applied.Split(':')[1] },
        };
        return entry with { AppliedAt = Time, FileName = parts.Length > 1 ? parts[1] : null };
    }

    private static Migration File(string stem)
    {
        Assert.IsTrue(MigrationFileName.TryParse($"{stem}.sql", ".sql", out var name), stem);
        return new Migration($"/folder/{stem}.sql", name, "sha256:same", MigrationHeader.Empty, null, SqliteDialect.Instance, Placeholders.None);
    }

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private static string[] Split(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

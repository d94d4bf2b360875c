using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>A project with several databases.</summary>
[TestClass]
public sealed class DatabaseRunsTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestFolder _folder = new();
    private readonly FakeAdapter _one = new(MigrationHistory.Absent(HistoryTableName.Default));
    private readonly FakeAdapter _two = new(MigrationHistory.Absent(HistoryTableName.Default));
    private readonly Watcher _watcher = new();

    [TestInitialize]
    public void WriteMigrations()
    {
        _folder.Write("migrations/one/001_a.sql", "CREATE TABLE a (x);");
        _folder.Write("migrations/two/001_b.sql", "CREATE TABLE b (x);");
    }

    public async ValueTask DisposeAsync()
    {
        await _one.DisposeAsync();
        await _two.DisposeAsync();
        _folder.Dispose();
    }

    [TestMethod]
    public async Task Different_databases_are_migrated_at_the_same_time()
    {
        var (first, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        _one.WhenApplying = (_, _) => Meet(first, second);
        _two.WhenApplying = (_, _) => Meet(second, first);

        var reports = await MigrateAsync();

        Assert.AreEqual("", string.Join('\n', reports.SelectMany(report => report.Errors)), "One waited in vain for the other to start.");

        static async Task<ApplyOutcome> Meet(TaskCompletionSource mine, TaskCompletionSource theirs)
        {
            mine.SetResult();
            return await Task.WhenAny(theirs.Task, Task.Delay(Patience)) == theirs.Task ? ApplyOutcome.Completed : throw Errors.NoFolder("nobody came", []);
        }
    }

    [TestMethod]
    public async Task Folders_of_one_connection_are_migrated_one_after_the_other_in_their_order()
    {
        var order = new List<string>();
        _one.WhenApplying = (_, _) => Work("one");
        _two.WhenApplying = (_, _) => Work("two");

        await MigrateAsync(new DeclaredFolder("migrations/two", ConnectionVariable: "SHARED_URL"), new DeclaredFolder("migrations/one", ConnectionVariable: "SHARED_URL"));

        Assert.AreEqual("two starts, two ends, one starts, one ends", string.Join(", ", order));

        async Task<ApplyOutcome> Work(string name)
        {
            order.Add($"{name} starts");
            await Task.Delay(20);
            order.Add($"{name} ends");
            return ApplyOutcome.Completed;
        }
    }

    [TestMethod]
    public async Task One_that_fails_does_not_hide_what_was_done_to_the_others()
    {
        _one.WhenApplying = (_, _) => throw Errors.NoFolder("anything", []);

        var reports = await MigrateAsync();

        Assert.AreEqual("one: False, two: True", string.Join(", ", reports.Select(report => $"{report.Database}: {report.Succeeded}")));
        Assert.HasCount(1, reports[1].Applied);
    }

    [TestMethod]
    public async Task A_defect_that_one_of_them_brings_to_light_does_not_hide_it_either()
    {
        _one.WhenApplying = (_, _) => throw new InvalidOperationException("hunter2");

        var reports = await MigrateAsync();

        Assert.AreEqual("MIG9001", reports[0].Errors.Single().Code);
        Assert.HasCount(1, reports[1].Applied);
        Assert.AreEqual("one: hunter2", string.Join(", ", _watcher.Crashes));
    }

    [TestMethod]
    public async Task Whoever_watches_can_tell_them_apart()
    {
        await MigrateAsync();

        Assert.AreEqual("one: 001_a.sql, two: 001_b.sql", string.Join(", ", _watcher.Applied.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public async Task Where_two_are_of_a_kind_their_folders_tell_them_apart_and_where_they_share_one_its_variables()
    {
        _folder.Write("more/001_c.sql", "CREATE TABLE c (x);");

        await MigrateAsync(
            new DeclaredFolder("migrations/one"), new DeclaredFolder("more", "two"), new DeclaredFolder("migrations/two", "two", "LEFT_URL"), new DeclaredFolder("migrations/two", "two", "RIGHT_URL"));

        Assert.AreEqual(
            "one: 001_a.sql, two (migrations/two, LEFT_URL): 001_b.sql, two (migrations/two, RIGHT_URL): 001_b.sql, two (more): 001_c.sql",
            string.Join(", ", _watcher.Applied.Order(StringComparer.Ordinal)));
    }

    private Task<IReadOnlyList<RunReport>> MigrateAsync(params DeclaredFolder[] folders) => new MigrationWorkflow(
        new AdapterFactory([new FakeDefinition("one", adapter: _one), new FakeDefinition("two", adapter: _two)]),
        new WorkflowOptions { ProjectDirectory = _folder.Path, Folders = folders, Environment = name => name },
        _watcher).MigrateAsync(default);

    private sealed class Watcher(string? database = null, Watcher? all = null) : IRunObserver
    {
        private readonly Lock _gate = all?._gate ?? new();

        public List<string> Applied { get; } = all?.Applied ?? [];

        public List<string> Crashes { get; } = all?.Crashes ?? [];

        public IRunObserver ForDatabase(string database) => new Watcher(database, this);

        void IRunObserver.Applied(Engine.Migrations.Migration migration, TimeSpan duration) => Write(Applied, migration.Name);

        public void Crashed(Exception exception) => Write(Crashes, exception.Message);

        private void Write(List<string> list, string text)
        {
            lock (_gate)
            {
                list.Add($"{database}: {text}");
            }
        }
    }
}

using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Runner;

/// <summary>
/// Steps as a table: the files, with what each needs (<c>R__a&lt;R__b</c>), how they are handed to the database, and what is
/// applied and what fails in the end.
/// </summary>
[TestClass]
public sealed class StepPassesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("1_a R__a R__b", "1_a R__a R__b", "1_a R__a R__b", "", DisplayName = "nothing fails: all travel together")]
    [DataRow("R__a<R__b R__b R__c", "R__a R__b R__c|R__b R__c|R__a", "R__b R__c R__a", "", DisplayName = "one needs another")]
    [DataRow("R__a<R__b R__b<R__c R__c<R__d R__d", "R__a R__b R__c R__d|R__b R__c R__d|R__c R__d|R__d|R__c R__b R__a", "R__d R__c R__b R__a", "", DisplayName = "a chain against the order of names")]
    [DataRow("R__a<R__d R__b<R__a R__c R__d<R__c", "R__a R__b R__c R__d|R__b R__c R__d|R__c R__d|R__b R__a|R__a|R__b", "R__c R__d R__a R__b", "", DisplayName = "needs in both directions")]
    [DataRow("R__a<nothing R__b", "R__a R__b|R__b|R__a", "R__b", "R__a", DisplayName = "one that cannot succeed")]
    [DataRow("R__a R__b<nothing", "R__a R__b", "R__a", "R__b", DisplayName = "one that fails last is not tried again")]
    [DataRow("1_a R__b<nothing", "1_a R__b", "1_a", "R__b", DisplayName = "a migration with a version is nothing to wait for")]
    [DataRow("R__a<R__b R__b<R__a R__c", "R__a R__b R__c|R__b R__c|R__c|R__b R__a|R__a", "R__c", "R__a R__b", DisplayName = "two that need each other")]
    [DataRow("1_a<nothing R__b", "1_a R__b", "", "1_a", DisplayName = "a migration with a version stops the run")]
    [DataRow("R__a!<nothing R__b R__c<R__d R__d", "R__a R__b R__c R__d|R__b R__c R__d|R__d|R__c", "R__b R__d R__c", "R__a", DisplayName = "one outside a transaction is not tried again")]
    public async Task Repeatable_migrations_find_their_order(string files, string calls, string applied, string failed)
    {
        var adapter = Adapter(files);

        var report = await RunAsync(adapter);

        Assert.AreEqual(calls, string.Join('|', adapter.Calls.Where(call => call.StartsWith("apply", StringComparison.Ordinal)).Select(call => call["apply ".Length..].Replace(".sql", "", StringComparison.Ordinal))), "calls");
        Assert.AreEqual(applied, string.Join(' ', report.Applied.Select(migration => Stem(migration.Name))), "applied");
        Assert.AreEqual(failed, string.Join(' ', report.Errors.Select(error => Stem(error.Location.File!))), "failed");
        Assert.AreEqual(files.Split(' ').Length - report.Applied.Count, report.Pending, "pending");
    }

    [TestMethod]
    public async Task A_hundred_against_the_order_of_names_take_two_passes()
    {
        var files = string.Join(' ', Enumerable.Range(100, 100).Select(number => $"R__{number}<R__{number + 1}")) + " R__200";
        var adapter = Adapter(files);

        Assert.HasCount(101, (await RunAsync(adapter)).Applied);

        Assert.HasCount(102, adapter.Calls.Where(call => call.StartsWith("apply", StringComparison.Ordinal)));
    }

    [TestMethod]
    [DataRow("MIG4006")]
    [DataRow("MIG4011")]
    [DataRow("MIG4012")]
    [DataRow("MIG3008")]
    public async Task What_no_other_migration_can_help_stops_the_run(string code)
    {
        var adapter = Adapter("R__a<R__b R__b R__c", (name, location) => name == "R__b.sql" ? Error(code, location) : null);

        var report = await RunAsync(adapter);

        Assert.AreEqual((code, 3, 0), (report.Errors.Single().Code, report.Pending, report.Applied.Count));
        Assert.HasCount(2, adapter.Calls.Where(call => call.StartsWith("apply", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Another_runner_that_is_faster_is_followed_after_a_failure_too()
    {
        var adapter = Adapter("R__a<R__b R__b");
        var apply = adapter.WhenApplying;
        adapter.WhenApplying = (steps, observer) => steps.Count == 1 ? Superseded(apply) : apply(steps, observer);

        var report = await RunAsync(adapter);

        Assert.AreEqual("R__b R__a", string.Join(' ', report.Applied.Select(migration => Stem(migration.Name))));
        Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));

        Task<ApplyOutcome> Superseded(Func<IReadOnlyList<MigrationStep>, IRunObserver, Task<ApplyOutcome>> applyAgain)
        {
            adapter.WhenApplying = applyAgain;
            return Task.FromResult(ApplyOutcome.Superseded);
        }
    }

    private FakeAdapter Adapter(string files, Func<string, SourceLocation, MigrationException?>? fail = null)
    {
        var needs = files.Split(' ').Select(file => file.Replace("!", "", StringComparison.Ordinal).Split('<')).ToDictionary(file => $"{file[0]}.sql", file => file.ElementAtOrDefault(1));
        foreach (var file in files.Split(' ').Select(file => file.Split('<')[0]))
        {
            _folder.Write($"{file.TrimEnd('!')}.sql", file.EndsWith('!') ? "-- Transaction: none\nSELECT 1;" : "SELECT 1;");
        }

        var applied = new HashSet<string?> { null };
        return new FakeAdapter(new MigrationHistory(HistoryTableName.Default, HistoryTableState.Complete, []))
        {
            WhenApplying = (steps, observer) =>
            {
                foreach (var migration in steps.Select(step => step.Migration))
                {
                    observer.Started(migration);
                    if (fail?.Invoke(migration.Name, migration.Location) is { } failure)
                    {
                        throw failure;
                    }

                    if (!applied.Contains(needs[migration.Name]))
                    {
                        throw Error("MIG4005", migration.Location);
                    }

                    applied.Add(Stem(migration.Name));
                    observer.Applied(migration, TimeSpan.Zero);
                }

                return Task.FromResult(ApplyOutcome.Completed);
            },
        };
    }

    private static MigrationException Error(string code, SourceLocation location) => new(new Diagnostic(DiagnosticSeverity.Error, code, "No.", location));

    private static string Stem(string name) => Path.GetFileNameWithoutExtension(name);

    private Task<RunReport> RunAsync(FakeAdapter adapter) => new MigrationRunner(
        new CommandContext(adapter, new FakeDefinition("fake", adapter: adapter), _folder.Path, Placeholders.None, new Silent()), new PlanOptions()).MigrateAsync(default);

    private sealed class Silent : IRunObserver;
}

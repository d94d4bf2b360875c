using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Authoring;

/// <summary>A new migration as a project asks for it: where it goes, what it is called, what is in it.</summary>
[TestClass]
public sealed class CreateMigrationTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_file_has_the_next_version_and_a_header()
    {
        _folder.Write("migrations/one/007_a.sql");
        _folder.Write("migrations/one/not_a_migration.sql");

        Assert.AreEqual(_folder.PathOf("migrations/one/008_add_users.sql"), Create("add_users"));

        Assert.AreEqual("-- Migration: add users\n-- Created: 2026-01-02\n-- Rollback:\n\n", File.ReadAllText(_folder.PathOf("migrations/one/008_add_users.sql")));
    }

    [TestMethod]
    public void A_rollback_whose_migration_is_elsewhere_counts_too()
    {
        _folder.Write("migrations/one/007_a.sql");
        _folder.Write("migrations/one/008_b.down.sql");

        Assert.AreEqual(_folder.PathOf("migrations/one/009_c.sql"), Create("c"));
    }

    [TestMethod]
    [DataRow("add_users", "001_add_users.sql", "add users")]
    [DataRow("  Add  users table ", "001_Add_users_table.sql", "Add users table")]
    [DataRow("add_users.sql", "001_add_users.sql", "add users")]
    [DataRow("add-users.SQL", "001_add-users.sql", "add-users")]
    [DataRow("to_v1.2", "001_to_v1.2.sql", "to v1.2")]
    [DataRow("2fa", "001_2fa.sql", "2fa")]
    [DataRow("größe_日本", "001_größe_日本.sql", "größe 日本")]
    public void Words_become_a_name(string name, string file, string words)
    {
        Assert.AreEqual(_folder.PathOf($"migrations/one/{file}"), Create(name, "one"));

        Assert.StartsWith($"-- Migration: {words}\n", File.ReadAllText(_folder.PathOf($"migrations/one/{file}")));
    }

    [TestMethod]
    [DataRow(null, "MIG1020")]
    [DataRow("  ", "MIG1020")]
    [DataRow("_", "MIG1022")]
    [DataRow(".sql", "MIG1022")]
    [DataRow("...", "MIG1022")]
    [DataRow("../add_users", "MIG1022")]
    [DataRow("shop\\add_users", "MIG1022")]
    [DataRow("add\nusers", "MIG1022")]
    [DataRow("add\0users", "MIG1022")]
    [DataRow("what?", "MIG1022")]
    [DataRow("c:add", "MIG1022")]
    [DataRow("003_add_users", "MIG1022")]
    [DataRow("add_users.down", "MIG1022")]
    [DataRow("add_users.down.sql", "MIG1022")]
    public void A_name_that_cannot_be_used_is_refused_and_nothing_is_written(string? name, string code)
    {
        Assert.AreEqual(code, Assert.ThrowsExactly<MigrationException>(() => Create(name, "one")).Code);
        Assert.IsFalse(Directory.Exists(_folder.PathOf("migrations")));
    }

    [TestMethod]
    public void A_name_that_is_too_long_is_refused() =>
        Assert.AreEqual("MIG1022", Assert.ThrowsExactly<MigrationException>(() => Create(new string('a', 151), "one")).Code);

    [TestMethod]
    public void A_file_that_is_there_is_not_overwritten()
    {
        _folder.Write("migrations/one/readme.md");
        Directory.CreateDirectory(_folder.PathOf("migrations/one/001_a.sql"));

        var exception = Assert.ThrowsExactly<MigrationException>(() => Create("a"));

        Assert.AreEqual(("MIG1023", _folder.PathOf("migrations/one/001_a.sql")), (exception.Code, exception.Diagnostics.Single().Location.File));
    }

    [TestMethod]
    public void A_folder_that_cannot_be_made_is_an_error_at_its_path()
    {
        _folder.Write("migrations", "a file");

        Assert.AreEqual("MIG1023", Assert.ThrowsExactly<MigrationException>(() => Create("a", "one")).Code);
    }

    private string Create(string? name, string? database = null) => new MigrationWorkflow(
        new AdapterFactory([new FakeDefinition("one"), new FakeDefinition("two")]),
        new WorkflowOptions { ProjectDirectory = _folder.Path, Database = database, Environment = _ => null, Time = new FixedTime() },
        new Silent()).CreateMigration(name);

    private sealed class Silent : IRunObserver;

    private sealed class FixedTime : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    }
}

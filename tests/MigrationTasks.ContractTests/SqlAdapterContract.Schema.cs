using MigrationTasks.Engine.Schema;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task The_schema_is_that_of_the_migrations_without_the_history()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        var before = await ReadSchemaAsync(Project);
        Assert.DoesNotContain("schema_migrations", Lock(before));

        (await Project.Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();
        var after = await ReadSchemaAsync(Project);

        Assert.AreEqual("Added b", string.Join(", ", before.DifferencesTo(after).Select(difference => $"{difference.Change} {difference.Item.Name.Split('.')[^1]}")));
        Assert.IsEmpty(after.DifferencesTo(await ReadSchemaAsync(Project)));
        Assert.IsEmpty(after.DifferencesTo(SchemaLock.Read("schema.lock", new StringReader(Lock(after)))));
    }

    [TestMethod]
    public async Task Two_databases_with_the_same_migrations_have_the_same_schema()
    {
        await using var twin = await CreateTwinAsync();
        using var other = new MigrationProject(Definition, twin.Connection);
        foreach (var project in new[] { Project, other })
        {
            (await project.Write("001_a.sql", "CREATE TABLE a (id INTEGER NOT NULL PRIMARY KEY, name VARCHAR(20) DEFAULT 'x'); CREATE INDEX a_name ON a (name); CREATE VIEW v AS SELECT id FROM a;").MigrateAsync()).Succeeded();
        }

        var schema = await ReadSchemaAsync(Project);
        Assert.IsEmpty(schema.DifferencesTo(await ReadSchemaAsync(other)));
        Assert.AreEqual(Lock(schema), Lock(await ReadSchemaAsync(other)));
    }

    [TestMethod]
    public async Task An_empty_database_has_a_schema()
    {
        var schema = await ReadSchemaAsync(Project);
        Assert.DoesNotContain("table ", Lock(schema));
    }

    private static async Task<SchemaSnapshot> ReadSchemaAsync(MigrationProject project)
    {
        await using var adapter = project.CreateAdapter();
        if (adapter is not ISchemaReader reader)
        {
            Assert.Inconclusive($"{adapter.GetType().Name} is no {nameof(ISchemaReader)}.");
            throw new InvalidOperationException();
        }

        await adapter.ConnectAsync(default);
        return await reader.ReadSchemaAsync(default);
    }

    private static string Lock(SchemaSnapshot schema)
    {
        var text = new StringWriter();
        SchemaLock.Write(schema, text);
        return text.ToString();
    }
}

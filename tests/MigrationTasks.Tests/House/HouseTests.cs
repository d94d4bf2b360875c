using MigrationTasks.Engine;
using MigrationTasks.MongoDb;
using MigrationTasks.MySql;
using MigrationTasks.PostgreSql;
using MigrationTasks.Sqlite;
using Mono.Cecil;

namespace MigrationTasks.Tests.House;

/// <summary>
/// The plan of the house, held against the built assemblies: which room may use which. A room is a namespace directly below an
/// assembly's own, and a folder of its project.
/// </summary>
[TestClass]
public sealed class HouseTests
{
    /// <summary>The rooms of the engine; each may use those before it.</summary>
    private static readonly string[] Rooms =
    [
        "Diagnostics", "Scripts", "Schema", "Statements", "Migrations", "Lint", "History", "Planning", "Databases", "Execution",
        "Configuration", "Commands", "Reporting",
    ];

    /// <summary>The databases, by what of their names must not be in the engine, and whose driver each has.</summary>
    private static readonly Dictionary<string, (Type Member, string Driver)> Databases = new()
    {
        ["PostgreSql"] = (typeof(PostgreSqlDefinition), "Npgsql"),
        ["MySql"] = (typeof(MySqlDefinition), "MySqlConnector"),
        ["Sqlite"] = (typeof(SqliteDefinition), "Microsoft.Data.Sqlite SQLitePCLRaw.core SQLitePCLRaw.provider.e_sqlite3"),
        ["Mongo"] = (typeof(MongoDbDefinition), "MongoDB.Driver MongoDB.Bson"),
    };

    public static IEnumerable<string> DatabaseNames => Databases.Keys;

    [TestMethod]
    public void A_room_of_the_engine_uses_none_below_it()
    {
        var upward = UpwardUses(Read(typeof(MigrationWorkflow)), Rooms);
        Assert.IsEmpty(upward, $"{upward.Count} uses point upward:\n{string.Join('\n', upward)}");
    }

    [TestMethod]
    public void Every_type_of_the_engine_is_in_a_room_but_for_its_door()
    {
        var homeless = Read(typeof(MigrationWorkflow)).Types.Where(type => !IsGenerated(type) && !Rooms.Contains(RoomOf(type)));
        Assert.AreSequenceEqual(["CommandOptions", "MigrationWorkflow", "WorkflowOptions"], homeless.Select(type => type.Name).Order(StringComparer.Ordinal));
    }

    // What is right today would be wrong the other way round: were it not seen then, it would not be seen at all.
    [TestMethod]
    public void A_use_that_points_upward_is_found_and_named()
    {
        var uses = UpwardUses(Read(typeof(MigrationWorkflow)), [.. Rooms.Reverse()]).Select(use => use.ToString()).ToList();
        Assert.Contains("MigrationTasks.Engine.Commands.CommandContext.get_Observer uses MigrationTasks.Engine.Databases.IRunObserver", uses);
        Assert.Contains("MigrationTasks.Engine.Planning.RollbackScript.(declaration) uses MigrationTasks.Engine.Migrations.MigrationScript", uses);
    }

    [TestMethod]
    public void What_writes_reports_knows_no_command()
    {
        var uses = Uses(Read(typeof(MigrationWorkflow))).Where(use => RoomOf(use.By) == "Reporting" && use.Of.Namespace.StartsWith("MigrationTasks.Engine.Commands.", StringComparison.Ordinal));
        Assert.IsEmpty(uses, string.Join('\n', uses));
    }

    [TestMethod]
    public void The_engine_knows_no_database_by_name()
    {
        // The tools whose history is imported have databases in their names.
        var named = Read(typeof(MigrationWorkflow)).GetTypes()
            .Where(type => !IsGenerated(type) && !type.Namespace.EndsWith(".ForeignTools", StringComparison.Ordinal))
            .SelectMany(type => type.Methods.Select(member => member.Name).Concat(type.Fields.Select(member => member.Name)).Append(type.Name), (type, name) => $"{type.FullName}: {name}")
            .Where(member => Databases.Keys.Any(database => member.Contains(database, StringComparison.OrdinalIgnoreCase)));
        Assert.IsEmpty(named, string.Join('\n', named));
    }

    [TestMethod]
    [DynamicData(nameof(DatabaseNames))]
    public void A_database_uses_no_other_and_no_driver_but_its_own(string name)
    {
        var (member, driver) = Databases[name];
        var foreign = Read(member).AssemblyReferences.Select(reference => reference.Name)
            .Where(reference => !reference.StartsWith("System.", StringComparison.Ordinal))
            .Except(driver.Split(' ').Append("MigrationTasks.Engine"));
        Assert.IsEmpty(foreign, string.Join(", ", foreign));
    }

    [TestMethod]
    [DynamicData(nameof(DatabaseNames))]
    public void What_a_database_writes_its_scripts_in_stands_on_nothing_else_of_it(string name)
    {
        var upward = UpwardUses(Read(Databases[name].Member), ["Scripts", "Lint"]);
        Assert.IsEmpty(upward, string.Join('\n', upward));
    }

    [TestMethod]
    public void The_engine_brings_no_driver_and_knows_no_MSBuild()
    {
        var foreign = Read(typeof(MigrationWorkflow)).AssemblyReferences.Select(reference => reference.Name).Where(name => !name.StartsWith("System.", StringComparison.Ordinal));
        Assert.AreSequenceEqual(["DotNetEnv", "Sprache"], foreign.Order(StringComparer.Ordinal), "DotNetEnv, and the parsers of which it is made, are all.");
    }

    private static IReadOnlyList<TypeUse> UpwardUses(ModuleDefinition module, string[] rooms)
    {
        // Whatever stands in no room is the door, which may use them all, and which none of them uses.
        int FloorOf(TypeReference type) => Array.IndexOf(rooms, RoomOf(type)) is >= 0 and var floor ? floor : rooms.Length;
        return [.. Uses(module).Where(use => FloorOf(use.By) < FloorOf(use.Of))];
    }

    private static IEnumerable<TypeUse> Uses(ModuleDefinition module) => AssemblyUses.In(module).Where(use => !IsGenerated(use.By) && !IsGenerated(use.Of));

    // The compiler's own types stand in no namespace, or in one of the system's.
    private static bool IsGenerated(TypeReference type) => !type.Namespace.StartsWith(nameof(MigrationTasks), StringComparison.Ordinal);

    private static string? RoomOf(TypeReference type) => type.Namespace.Split('.') is [_, _, var room, ..] ? room : null;

    private static ModuleDefinition Read(Type type) => ModuleDefinition.ReadModule(type.Assembly.Location);
}

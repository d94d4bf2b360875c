using MigrationTasks.Adapters;
using MigrationTasks.Engine;
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
        Assert.AreSequenceEqual(["MigrationWorkflow", "WorkflowOptions"], homeless.Select(type => type.Name).Order(StringComparer.Ordinal));
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
    public void No_database_uses_another()
    {
        var module = Read(typeof(BuiltInAdapters));
        var crossing = Uses(module).Where(use => RoomOf(use.By) is { } user && RoomOf(use.Of) is { } used && used != user).ToList();
        Assert.IsEmpty(crossing, string.Join('\n', crossing));
    }

    [TestMethod]
    public void What_the_databases_share_knows_none_of_them()
    {
        var downward = Uses(Read(typeof(BuiltInAdapters)))
            .Where(use => RoomOf(use.By) is null && RoomOf(use.Of) is not null && use.By.Name != nameof(BuiltInAdapters))
            .ToList();
        Assert.IsEmpty(downward, string.Join('\n', downward));
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

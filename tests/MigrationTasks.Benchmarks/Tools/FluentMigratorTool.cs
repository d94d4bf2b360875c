using System.Globalization;
using System.Reflection;
using System.Reflection.Emit;
using FluentMigrator;
using FluentMigrator.Builders.Execute;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Migrations;

namespace MigrationTasks.Benchmarks.Tools;

/// <summary>FluentMigrator, whose migrations are classes: compiled beforehand, as a user's are, each to run its SQL file.</summary>
internal sealed class FluentMigratorTool() : HostedTool("FluentMigrator", FluentMigratorHost.Name)
{
    /// <summary>The assembly with the classes, in the folder with the SQL files.</summary>
    public const string AssemblyFile = "SampleMigrations.dll";

    public override void Write(string folder, IReadOnlyList<SampleMigration> migrations)
    {
        base.Write(folder, migrations);
        var assembly = new PersistedAssemblyBuilder(new AssemblyName("SampleMigrations"), typeof(object).Assembly);
        var module = assembly.DefineDynamicModule("SampleMigrations");
        foreach (var migration in migrations)
        {
            Define(module, migration, Path.Combine(folder, $"{migration.Name}.sql"));
        }

        assembly.Save(Path.Combine(folder, AssemblyFile));
    }

    // [Migration(version)] class Migration1 : Migration { void Up() { Execute.Script(file); } void Down() { } }
    private static void Define(ModuleBuilder module, SampleMigration migration, string file)
    {
        var type = module.DefineType($"Migration{migration.Number}", TypeAttributes.Public | TypeAttributes.Class, typeof(Migration));
        type.SetCustomAttribute(new CustomAttributeBuilder(
            typeof(MigrationAttribute).GetConstructor([typeof(long), typeof(string)])!,
            [long.Parse(migration.Version, CultureInfo.InvariantCulture), migration.Title]));
        type.DefineDefaultConstructor(MethodAttributes.Public);

        var up = Override(type, nameof(Migration.Up));
        up.Emit(OpCodes.Ldarg_0);
        up.Emit(OpCodes.Call, typeof(Migration).GetProperty(nameof(Migration.Execute))!.GetMethod!);
        up.Emit(OpCodes.Ldstr, file);
        up.Emit(OpCodes.Callvirt, typeof(IExecuteExpressionRoot).GetMethod(nameof(IExecuteExpressionRoot.Script), [typeof(string)])!);
        up.Emit(OpCodes.Ret);
        Override(type, nameof(Migration.Down)).Emit(OpCodes.Ret);
        type.CreateType();
    }

    private static ILGenerator Override(TypeBuilder type, string method) =>
        type.DefineMethod(method, MethodAttributes.Public | MethodAttributes.Virtual | MethodAttributes.HideBySig, typeof(void), []).GetILGenerator();
}

using System.Runtime.Loader;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Adapters;

/// <summary>Assemblies of other people, as they should be and as they should not.</summary>
[TestClass]
public sealed class AdapterAssemblyTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Its_public_adapters_are_found_and_nothing_else()
    {
        var file = CompiledAdapter.Adapter(_folder, "Good", $$"""
            {{CompiledAdapter.Class("First", "first")}}
            {{CompiledAdapter.Class("Second", "second")}}
            internal sealed class Inner : First;
            public abstract class Half : First;
            public sealed class Given(string name) : First { public override string Name => name; }
            public sealed class Other;
            """);

        var adapters = AdapterAssembly.Load(file);

        Assert.AreEqual("first, second", string.Join(", ", adapters.Select(adapter => adapter.Name).Order(StringComparer.Ordinal)));
        Assert.AreSame(adapters[0], new AdapterFactory([new FakeDefinition("fake"), .. adapters]).ForName(adapters[0].Name));
        Assert.AreNotSame(AssemblyLoadContext.GetLoadContext(typeof(AdapterAssemblyTests).Assembly), AssemblyLoadContext.GetLoadContext(adapters[0].GetType().Assembly));
    }

    [TestMethod]
    public void Two_adapters_have_their_own_versions_of_one_library()
    {
        var names = new List<string>();
        foreach (var version in new[] { "1", "2" })
        {
            using var folder = new TestFolder();
            var library = CompiledAdapter.Compile(folder, "Library", $"[assembly: AssemblyVersion(\"{version}.0.0.0\")] public static class Library {{ public static string Name => \"library{version}\"; }}");
            var file = CompiledAdapter.Adapter(folder, "Mine", CompiledAdapter.Class("Mine", "mine", "public override IReadOnlyList<string> Aliases => [Library.Name];"), library);
            names.Add(AdapterAssembly.Load(file).Single().Aliases.Single());
        }

        Assert.AreSequenceEqual(["library1", "library2"], names);
    }

    [TestMethod]
    public void A_file_that_is_not_there_is_named() => Fails("MIG1025", _folder.PathOf("Nowhere.dll"));

    [TestMethod]
    public void A_file_that_is_no_assembly_is_refused() => Fails("MIG1031", _folder.Write("Text.dll", "no assembly"), "cannot be loaded as an assembly");

    [TestMethod]
    public void An_assembly_that_does_not_know_the_engine_holds_no_adapter() =>
        Fails("MIG1031", CompiledAdapter.Compile(_folder, "Stranger", "public sealed class Other;"), "no adapter");

    [TestMethod]
    public void An_assembly_whose_adapters_cannot_be_created_from_outside_holds_none() =>
        Fails("MIG1031", CompiledAdapter.Adapter(_folder, "Hidden", CompiledAdapter.Class("Hidden", "hidden", "internal Hidden() { }")), "public constructor without parameters");

    [TestMethod]
    [DataRow("99.0.0.0", "made for MigrationTasks 99.0", "Update MigrationTasks to 99.0")]
    [DataRow("0.0.7.0", "made for MigrationTasks 0.0", "Update the adapter")]
    public void An_adapter_for_another_version_says_what_to_update(string version, string made, string update)
    {
        using var other = new TestFolder();
        var engine = CompiledAdapter.Compile(other, "MigrationTasks.Engine", $"[assembly: AssemblyVersion(\"{version}\")] namespace MigrationTasks.Engine.Databases {{ public abstract class AdapterDefinition; }}");
        var file = CompiledAdapter.Compile(_folder, "Old", "public sealed class Old : MigrationTasks.Engine.Databases.AdapterDefinition;", engine);

        Fails("MIG1033", file, made, update);
    }

    [TestMethod]
    public void An_adapter_for_a_later_patch_of_this_version_is_loaded()
    {
        using var other = new TestFolder();
        var ours = typeof(AdapterDefinition).Assembly.GetName().Version!;
        var engine = CompiledAdapter.Compile(other, "MigrationTasks.Engine", $"[assembly: AssemblyVersion(\"{ours.Major}.{ours.Minor}.999.0\")] namespace MigrationTasks.Engine.Databases {{ public abstract class AdapterDefinition; }}");
        var file = CompiledAdapter.Compile(_folder, "Later", "public static class Later { public static Type Base => typeof(MigrationTasks.Engine.Databases.AdapterDefinition); }", engine);

        Fails("MIG1031", file, "no public class that derives");
    }

    [TestMethod]
    public void A_missing_assembly_is_named_before_anything_runs()
    {
        var library = CompiledAdapter.Compile(_folder, "Library", "[assembly: AssemblyVersion(\"1.2.3.4\")] public static class Library { public static string Name => \"library\"; }");
        var file = CompiledAdapter.Adapter(_folder, "Lacking", CompiledAdapter.Class("Lacking", "lacking", "public string Other() => Library.Name;"), library);
        File.Delete(library);

        Fails("MIG1034", file, "the assembly Library 1.2.3.4", "dotnet publish");
    }

    [TestMethod]
    public void A_missing_native_library_is_named()
    {
        var file = CompiledAdapter.Adapter(_folder, "Native", CompiledAdapter.Class("Native", "native", """
            [System.Runtime.InteropServices.DllImport("no_such_library")] private static extern int Version();
            public Native() => Version();
            """));

        Fails("MIG1034", file, "the native library no_such_library");
    }

    [TestMethod]
    [DataRow("public Broken() => throw new InvalidOperationException(\"no licence\");", "no licence")]
    [DataRow("public override IReadOnlyList<string> Aliases => [\"\"];", "is empty")]
    public void An_adapter_that_cannot_be_created_says_why(string body, string why) =>
        Fails("MIG1035", CompiledAdapter.Adapter(_folder, "Broken", CompiledAdapter.Class("Broken", "broken", body)), "The adapter Broken cannot be used", why);

    [TestMethod]
    public void A_name_that_is_taken_is_told_with_both_assemblies()
    {
        var file = CompiledAdapter.Adapter(_folder, "Clash", CompiledAdapter.Class("Clash", "clash", "public override IReadOnlyList<string> Aliases => [\"FAKE\"];"));

        var exception = Assert.ThrowsExactly<MigrationException>(() => new AdapterFactory([new FakeDefinition("fake"), .. AdapterAssembly.Load(file)]));

        Assert.AreEqual("MIG1032", exception.Code);
        Assert.Contains($"called FAKE: {typeof(FakeDefinition)} in MigrationTasks.Engine.Tests and Clash in {file}.", exception.Message);
    }

    [TestMethod]
    [DataRow("throw new NullReferenceException()", "MIG1035", "System.NullReferenceException")]
    [DataRow("throw new DllNotFoundException(\"Unable to load shared library 'driver' or one of its dependencies. In order to …\")", "MIG1034", "the native library driver,")]
    [DataRow("throw new TypeInitializationException(\"Driver\", new System.IO.FileNotFoundException(\"…\", \"Driver, Version=1.0.0.0, Culture=neutral\"))", "MIG1034", "the assembly Driver 1.0.0.0")]
    public async Task An_adapter_that_fails_in_a_run_is_the_one_that_is_named(string body, string code, string text)
    {
        var source = CompiledAdapter.Class("Mine", "mine").Replace("Configure(string connection, DatabaseSettings settings) => throw new NotSupportedException()", $"Configure(string connection, DatabaseSettings settings) => {body}", StringComparison.Ordinal);
        var file = CompiledAdapter.Adapter(_folder, "Mine", source);
        _folder.Write("migrations/mine/001_a.sql");
        var options = new WorkflowOptions { ProjectDirectory = _folder.Path, Folders = [new DeclaredFolder("migrations/mine") { Connection = "s3cret" }] };

        var report = (await new MigrationWorkflow(new AdapterFactory(AdapterAssembly.Load(file)), options).MigrateAsync()).Single();

        var error = report.Errors.Single();
        Assert.AreEqual((code, file), (error.Code, error.Location.File));
        Assert.Contains(text, error.Message);
        Assert.DoesNotContain("   at ", error.Message);
    }

    private static void Fails(string code, string file, params string[] texts)
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => AdapterAssembly.Load(file));

        Assert.AreEqual((code, file), (exception.Code, exception.Diagnostics.Single().Location.File), exception.Message);
        foreach (var text in texts)
        {
            Assert.Contains(text, exception.Message);
        }
    }
}

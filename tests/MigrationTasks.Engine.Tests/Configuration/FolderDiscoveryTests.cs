using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class FolderDiscoveryTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly List<Diagnostic> _warnings = [];

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void Every_folder_named_like_a_database_is_one()
    {
        _folder.Write("migrations/two/001_a.sql");
        _folder.Write("migrations/uno/001_a.sql");
        _folder.Write("migrations/notes/readme.md");

        Assert.AreEqual("two TWO_URL schema_migrations, one ONE_URL schema_migrations", Resolve());
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    public void Migrations_in_a_folder_that_is_no_database_are_warned_of()
    {
        _folder.Write("migrations/one/001_a.sql");
        _folder.Write("migrations/onne/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
        Assert.AreEqual(("MIG1014", _folder.PathOf("migrations/onne")), (_warnings.Single().Code, _warnings.Single().Location.File));
    }

    [TestMethod]
    [DataRow("migrations/001_a.sql", "migrations")]
    [DataRow("migrations/one/v2/001_a.sql", "migrations/one/v2")]
    [DataRow("migrations/one/v2/late/R__a.sql", "migrations/one/v2/late")]
    public void Migrations_that_lie_where_none_are_looked_for_are_warned_of(string file, string folder)
    {
        _folder.Write("migrations/one/002_b.sql");
        _folder.Write(file);

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
        Assert.AreEqual(("MIG1028", _folder.PathOf(folder)), (_warnings.Single().Code, _warnings.Single().Location.File));
    }

    [TestMethod]
    public void A_folder_within_another_is_not_warned_of_when_it_is_declared_or_holds_no_migrations()
    {
        _folder.Write("db/001_a.sql");
        _folder.Write("db/tenant/001_a.sql");
        _folder.Write("db/data/001_rows.csv");
        _folder.Write("db/.git/001_a.sql");

        Resolve(null, [new("db", "one"), new("db/tenant", "two")]);

        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_link_that_leads_round_in_a_circle_is_not_followed()
    {
        _folder.Write("migrations/one/001_a.sql");
        Directory.CreateSymbolicLink(_folder.PathOf("migrations/one/again"), ".");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    [DataRow("migrations/one", "../elsewhere")]
    [DataRow("migrations", "elsewhere")]
    public void A_folder_behind_a_link_out_of_the_project_is_refused_unless_it_is_declared(string link, string target)
    {
        _folder.Write("elsewhere/001_a.sql");
        _folder.Write("elsewhere/one/001_a.sql");
        Directory.CreateDirectory(Path.GetDirectoryName(_folder.PathOf($"project/{link}"))!);
        Directory.CreateSymbolicLink(_folder.PathOf($"project/{link}"), $"../{target}");

        Assert.AreEqual("MIG1030", Code(() => Discovery(project: "project").Resolve()));
        Assert.AreEqual("one ONE_URL schema_migrations", Resolve(declared: new DeclaredFolder("project/migrations/one")));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux | OperatingSystems.OSX)]
    public void A_link_within_the_project_is_followed()
    {
        _folder.Write("db/001_a.sql");
        Directory.CreateDirectory(_folder.PathOf("migrations"));
        Directory.CreateSymbolicLink(_folder.PathOf("migrations/one"), "../db");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
    }

    [TestMethod]
    public void A_declared_folder_says_what_it_needs()
    {
        _folder.Write("db/001_a.sql");

        Assert.AreEqual("two MINE app.history", Resolve(declared: new DeclaredFolder("db/", "two", "MINE", "app.history")));
    }

    [TestMethod]
    public void A_folder_whose_name_says_nothing_goes_by_its_connection()
    {
        _folder.Write("db/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve(declared: new DeclaredFolder("db"), environment: name => name == "DATABASE_URL" ? "one://host" : null));
        Assert.AreEqual("two MINE schema_migrations", Resolve(declared: new DeclaredFolder("db", ConnectionVariable: "MINE"), environment: name => name == "MINE" ? "two:x" : null));
        Assert.AreEqual("MIG1003", Code(() => Resolve(declared: new DeclaredFolder("db"))));
    }

    [TestMethod]
    public void One_database_can_be_chosen()
    {
        _folder.Write("migrations/two/001_a.sql");
        _folder.Write("migrations/one/001_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve("UNO"));
        Assert.AreEqual("MIG1003", Code(() => Resolve("three")));
    }

    [TestMethod]
    public void Choosing_a_database_that_the_project_has_not_is_an_error()
    {
        _folder.Write("migrations/two/001_a.sql");

        Assert.AreEqual("MIG1015", Code(() => Resolve("one")));
    }

    [TestMethod]
    public void A_folder_can_be_chosen_by_its_path()
    {
        _folder.Write("db/shop/001_a.sql");
        _folder.Write("db/log/001_a.sql");
        DeclaredFolder[] declared = [new("db/shop", "one", "SHOP"), new("db/log", "one", "LOG")];

        Assert.AreEqual("one LOG schema_migrations", Resolve("db/log/", declared));
        Assert.AreEqual("one SHOP schema_migrations", Resolve(_folder.PathOf("db/shop"), declared));
        Assert.AreEqual("MIG1003", Code(() => Resolve("db", declared)));
    }

    [TestMethod]
    public void One_of_several_folders_must_be_chosen_where_only_one_can_be_meant()
    {
        _folder.Write("db/shop/001_a.sql");
        _folder.Write("db/log/001_a.sql");
        _folder.Write("db/two/001_a.sql");
        DeclaredFolder[] declared = [new("db/shop", "one"), new("db/log", "one"), new("db/two", "two")];

        var exception = Assert.ThrowsExactly<MigrationException>(() => ResolveOne(null, declared));

        Assert.AreEqual("MIG1021", exception.Code);
        Assert.EndsWith("one of: db/shop, db/log, two.", exception.Message);
        Assert.AreEqual("two", ResolveOne("two", declared));
        Assert.AreEqual("one", ResolveOne("db/log", declared));
        Assert.AreEqual("MIG1021", Code(() => ResolveOne("one", declared)));
    }

    [TestMethod]
    public void A_new_migration_goes_to_the_only_folder_or_to_a_new_one_of_the_database_that_is_named()
    {
        Assert.AreEqual("MIG1021", Code(() => Destination(null)));
        Assert.AreEqual("migrations/one", Destination("UNO"));

        _folder.Write("migrations/uno/001_a.sql");

        Assert.AreEqual("migrations/uno", Destination(null));
        Assert.AreEqual("migrations/uno", Destination("one"));
        Assert.AreEqual("migrations/two", Destination("two"));
        Assert.AreEqual("MIG1003", Code(() => Destination("three")));
    }

    [TestMethod]
    public void A_new_migration_goes_to_a_declared_folder_whether_it_is_there_or_not()
    {
        Assert.AreEqual("db/shop", Destination(null, new DeclaredFolder("db/shop", "one")));
        Assert.AreEqual("MIG1015", Code(() => Destination("two", new DeclaredFolder("db/shop", "one"))));
    }

    [TestMethod]
    public void A_project_without_migrations_is_an_error() => Assert.AreEqual("MIG1005", Code(() => Resolve()));

    [TestMethod]
    [DataRow("Migrations")]
    [DataRow("migration")]
    public void A_folder_with_nearly_the_right_name_is_told(string name)
    {
        _folder.Write($"{name}/notes.md");

        var problem = Assert.ThrowsExactly<MigrationException>(() => Resolve());

        Assert.AreEqual("MIG1005", problem.Code);
        Assert.StartsWith($"There is no migrations folder. There is a folder {name}, but the name is migrations. Put ", problem.Message);
    }

    [TestMethod]
    [DataRow("Migrations", "MIG1045")]
    [DataRow("migration", "MIG1045")]
    [DataRow("models", "MIG1005")]
    public void A_folder_of_migrations_with_nearly_the_right_name_is_an_error_of_its_own(string name, string code)
    {
        _folder.Write($"{name}/one/001_a.sql");

        Assert.AreEqual(code, Code(() => Resolve()));
    }

    [TestMethod]
    public void What_is_found_by_itself_is_told_when_a_declaration_keeps_it_from_being_run()
    {
        _folder.Write("migrations/one/001_a.sql");
        _folder.Write("migrations/one/2024/002_b.sql");
        _folder.Write("migrations/two/001_a.sql");
        _folder.Write("migrations/uno/readme.md");

        Resolve(declared: new DeclaredFolder("migrations/one/2024", "one"));

        Assert.AreEqual("MIG1044 migrations/one, MIG1044 migrations/two", string.Join(", ", _warnings.Select(warning => $"{warning.Code} {Path.GetRelativePath(_folder.Path, warning.Location.File!).Replace('\\', '/')}")));
        Assert.Contains("<MigrationsFolder Include=\"migrations/one\" />", _warnings[0].Message);
    }

    [TestMethod]
    public void The_advice_for_migrations_in_a_folder_within_keeps_those_that_were_found()
    {
        _folder.Write("migrations/one/001_a.sql");
        _folder.Write("migrations/one/2024/002_b.sql");

        Resolve();

        Assert.EndsWith("<MigrationsFolder Include=\"migrations/one\" /> <MigrationsFolder Include=\"migrations/one/2024\" Database=\"one\" HistoryTable=\"schema_migrations_2024\" />", _warnings.Single().Message);
        _warnings.Clear();
        Assert.AreEqual("one ONE_URL schema_migrations, one ONE_URL schema_migrations_2024", Resolve(null, [new("migrations/one"), new("migrations/one/2024", "one", null, "schema_migrations_2024")]));
        Assert.IsEmpty(_warnings);
    }

    [TestMethod]
    [DataRow("db/Shop", "db/Shop")]
    [DataRow("DB/shop", "DB")]
    public void A_folder_with_nearly_the_name_of_a_declared_one_is_told(string there, string told)
    {
        _folder.Write($"{there}/001_a.sql");

        var problem = Assert.ThrowsExactly<MigrationException>(() => Resolve(declared: new DeclaredFolder("db/shop", "one")));

        Assert.AreEqual("MIG1004", problem.Code);
        Assert.Contains($"There is a folder {_folder.PathOf(told)}.", problem.Message);
    }

    [TestMethod]
    public void A_folder_with_another_name_is_not_told()
    {
        _folder.Write("models/one/001_a.sql");
        _folder.Write("migrations/readme.md");

        Assert.DoesNotContain("There is a folder", Assert.ThrowsExactly<MigrationException>(() => Resolve()).Message);
        Assert.DoesNotContain("There is a folder", Assert.ThrowsExactly<MigrationException>(() => Resolve(declared: new DeclaredFolder("db/shop", "one"))).Message);
    }

    [TestMethod]
    public void The_folder_of_a_databases_own_tool_is_found_where_there_is_no_other()
    {
        _folder.Write("one-tool/migrations/20260102030405_a.sql");

        Assert.AreEqual("one ONE_URL schema_migrations", Resolve());
        Assert.IsEmpty(_warnings);

        _folder.Write("migrations/two/001_a.sql");
        Assert.AreEqual("two TWO_URL schema_migrations", Resolve());
        Assert.AreEqual("MIG1044", _warnings.Single().Code);
        Assert.Contains("<MigrationsFolder Include=\"migrations/two\" /> <MigrationsFolder Include=\"one-tool/migrations\" Database=\"one\" HistoryTable=\"one_migration_history\" />", _warnings.Single().Message);

        _warnings.Clear();
        Assert.AreEqual("two TWO_URL schema_migrations, one ONE_URL one_migration_history", Resolve(null, [new("migrations/two"), new("one-tool/migrations", "one", null, "one_migration_history")]));
        Assert.IsEmpty(_warnings);
        Resolve(declared: new DeclaredFolder("migrations/two"));
        Assert.AreEqual("MIG1044", _warnings.Single().Code);
    }

    [TestMethod]
    public void A_tools_folder_without_migrations_is_nobodys()
    {
        _folder.Write("one-tool/migrations/readme.md");

        Assert.AreEqual("MIG1005", Code(() => Resolve()));
    }

    [TestMethod]
    public void A_declared_folder_must_exist() => Assert.AreEqual("MIG1004", Code(() => Resolve(declared: new DeclaredFolder("missing", "one"))));

    private static string Code(Action action) => Assert.ThrowsExactly<MigrationException>(action).Code;

    [TestMethod]
    [DataRow("db/a:uno", "uno", DisplayName = "as it is declared")]
    [DataRow("migrations/UNO:", "UNO", DisplayName = "as its folder is named")]
    [DataRow("migrations/one: migrations/uno: migrations/two:", "one, uno, two", DisplayName = "two names of one kind tell apart")]
    [DataRow("migrations/one: db/a:one", "one (migrations/one), one (db/a)", DisplayName = "two of one name have their folders")]
    [DataRow("db/a:one:A_URL db/a:one:B_URL", "one (db/a, A_URL), one (db/a, B_URL)", DisplayName = "two of one folder have their variables")]
    public void A_database_is_called_as_the_project_calls_it_and_with_more_only_to_tell_it_from_others(string declared, string names)
    {
        var folders = declared.Split(' ').Select(text => text.Split(':')).Select(parts => new DeclaredFolder(parts[0], parts[1], parts.ElementAtOrDefault(2))).ToArray();
        Array.ForEach(folders, folder => _folder.Write($"{folder.Path}/001_a.sql"));

        var found = DatabaseFolder.TellApart(Discovery(declared: folders).Resolve(), _folder.Path);

        Assert.AreEqual(names, string.Join(", ", found.Select(folder => folder.DisplayName)));
    }

    [TestMethod]
    public void A_folder_whose_name_says_nothing_is_called_as_the_database_that_its_connection_leads_to()
    {
        _folder.Write("scripts/001_a.sql");

        var found = Discovery(_ => "one://x", declared: [new("scripts")]).Resolve();

        Assert.AreEqual("one", found.Single().DisplayName);
    }

    private string Resolve(string? database = null, DeclaredFolder? declared = null, Func<string, string?>? environment = null) =>
        Resolve(database, declared is null ? [] : [declared], environment);

    private string Resolve(string? database, DeclaredFolder[] declared, Func<string, string?>? environment = null)
    {
        var folders = Discovery(environment, database, declared).Resolve();
        return string.Join(", ", folders.Select(folder => $"{folder.Adapter.Name} {folder.Variable} {folder.HistoryTable}"));
    }

    private string ResolveOne(string? database, DeclaredFolder[] declared) =>
        Discovery(null, database, declared).ResolveOne("MigrateBaseline").Adapter.Name;

    private string Destination(string? database, params DeclaredFolder[] declared) =>
        Path.GetRelativePath(_folder.Path, Discovery(null, database, declared).ResolveDestination("MigrateNew").Path).Replace('\\', '/');

    private FolderDiscovery Discovery(Func<string, string?>? environment = null, string? database = null, DeclaredFolder[]? declared = null, string project = "") => new(
        new AdapterFactory([new FakeDefinition("one", ["uno"], ["one"]), new FakeDefinition("two", schemes: ["two"])]),
        ConnectionVariables.Create(_folder.Path, null, environment ?? (_ => null)),
        Path.TrimEndingDirectorySeparator(_folder.PathOf(project)),
        declared ?? [],
        database,
        _warnings.Add);
}

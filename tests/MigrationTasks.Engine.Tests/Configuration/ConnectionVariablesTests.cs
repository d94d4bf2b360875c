using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class ConnectionVariablesTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_environment_wins_over_the_file()
    {
        _folder.Write(".env", "A=file\nB=file\n");

        var variables = Create(environment: name => name == "A" ? " environment " : " ");

        Assert.AreEqual(("environment", "file", null), (variables.Find("A"), variables.Find("B"), variables.Find("C")));
    }

    [TestMethod]
    public void A_secret_in_a_file_of_its_own_wins_over_the_env_file_and_the_variable_over_both()
    {
        _folder.Write(".env", "A=env\nB=env\n");
        var secret = _folder.Write("secrets/url", "secret\n");

        var variables = Create(environment: name => name switch { "A" => "variable", "A_FILE" => secret, "B_FILE" => "secrets/url", _ => null });

        Assert.AreEqual(("variable", "secret"), (variables.Find("A"), variables.Find("B")));
    }

    [TestMethod]
    public void A_named_env_file_that_a_secret_overrides_is_warned_of()
    {
        _folder.Write("named.env", "A=other\n");
        var secret = _folder.Write("secret", "sqlite:a.db");

        var warning = Create("named.env", name => name == "A_FILE" ? secret : null).WarningOf(new DatabaseFolder(_folder.Path, new FakeDefinition("fake"), "A", HistoryTableName.Default));

        Assert.AreEqual("MIG1037", warning?.Code);
        Assert.StartsWith("The environment sets A_FILE,", warning!.Message);
    }

    [TestMethod]
    [DataRow("", "is empty")]
    [DataRow(" \n", "is empty")]
    [DataRow("planted\nsecond", "has more than one line")]
    [DataRow(null, "is not there")]
    public void A_secret_that_cannot_be_one_is_an_error_at_its_file_without_its_text(string? text, string problem)
    {
        var path = text is null ? _folder.PathOf("secret") : _folder.Write("secret", text);

        var error = Assert.ThrowsExactly<MigrationException>(() => Create(environment: name => name == "A_FILE" ? path : null).Find("A")).Diagnostics.Single();

        Assert.AreEqual(("MIG1049", path), (error.Code, error.Location.File));
        Assert.AreEqual($"The file that A_FILE names {problem}. It must hold the connection, in one line and nothing else.", error.Message);
    }

    [TestMethod]
    public void A_named_file_is_the_only_one()
    {
        _folder.Write(".env", "A=near\n");
        _folder.Write("config/production.env", "B=named\n");

        var variables = Create("config/production.env");

        Assert.AreEqual((null, "named"), (variables.Find("A"), variables.Find("B")));
        Assert.AreEqual(_folder.PathOf("config/production.env"), variables.EnvFilePath);
    }

    [TestMethod]
    public void A_named_file_must_exist()
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => Create("missing.env"));

        Assert.AreEqual(("MIG1008", _folder.PathOf("missing.env")), (exception.Code, exception.Diagnostics[0].Location.File));
    }

    [TestMethod]
    public void A_malformed_line_is_no_obstacle_to_the_environment_nor_to_another_line()
    {
        _folder.Write(".env", "not a line\nB=\"never closed\nC=value\nD=${NOWHERE}\nE=${C:-${NOWHERE}}\n");

        Assert.AreEqual("value", Create(environment: _ => "value").Find("A"));
        Assert.AreEqual((null, "value", "value"), (Create().Find("A"), Create().Find("C"), Create().Find("E")));
        Assert.AreEqual("MIG1009", Assert.ThrowsExactly<MigrationException>(() => Create().Find("B")).Code);
        Assert.AreEqual("MIG1036", Assert.ThrowsExactly<MigrationException>(() => Create().Find("D")).Code);
    }

    [TestMethod]
    public void References_are_resolved_by_the_environment_and_then_by_the_file()
    {
        _folder.Write(".env", "DB_NAME=file\nDB_USER=file\nURL=postgres://$DB_USER@h/${DB_NAME}\n");

        Assert.AreEqual("postgres://file@h/environment", Create(environment: name => name == "DB_NAME" ? "environment" : null).Find("URL"));
    }

    [TestMethod]
    [DataRow("config/other.env", "A=file", "environment", true)]
    [DataRow("config/other.env", "A=environment", "environment", false)]
    [DataRow("config/other.env", "B=file", "environment", false)]
    [DataRow("config/other.env", "A='never closed", "environment", false)]
    [DataRow("config/other.env", "A=file", null, false)]
    [DataRow(null, "A=file", "environment", false)]
    public void A_named_file_does_not_lose_to_the_environment_without_a_word(string? named, string line, string? environment, bool warns)
    {
        _folder.Write(named ?? ".env", line + "\n");
        var folder = new DatabaseFolder(_folder.Path, new FakeDefinition("fake"), "A", HistoryTableName.Default);

        var warning = Create(named, name => name == "A" ? environment : null).WarningOf(folder);

        Assert.AreEqual(warns ? "MIG1037" : null, warning?.Code);
    }

    [TestMethod]
    public void A_variable_that_is_nearly_set_is_named()
    {
        _folder.Write(".env", "DATABASEURL=s3cret\nnot a line\n");

        var search = Create().Search("DATABASE_URL", _ => false);

        Assert.Contains("Do you mean DATABASEURL, which is set?", search);
        Assert.Contains("Line 2 of that file is not of the form NAME=value.", search);
        Assert.DoesNotContain("s3cret", search);
    }

    [TestMethod]
    [DataRow("DATABASE_URI=fake:x", "DATABASE_URI, which is set?", DisplayName = "one slip")]
    [DataRow("DB_URL=fake:s3cret", "DB_URL, which is set? Rename it, or name it at the MigrationsFolder item: ConnectionStringVariable=\"DB_URL\".")]
    [DataRow("POSTGRES_URL=fake:s3cret\nPOSTGRES_PRISMA_URL=fake:s3cret", "POSTGRES_URL or POSTGRES_PRISMA_URL, which are set?")]
    public void Another_variable_with_such_a_connection_is_named(string lines, string meant)
    {
        _folder.Write(".env", $"BROKEN=${{NOWHERE}}\nREDIS_URL=redis://s3cret\nNAME=s3cret\n{lines}\n");
        var folder = new DatabaseFolder(_folder.Path, new FakeDefinition("fake", schemes: ["fake"]), "DATABASE_URL", HistoryTableName.Default);
        var settings = new DatabaseSettings { ProjectDirectory = _folder.Path, Variable = "DATABASE_URL" };

        var message = Assert.ThrowsExactly<MigrationException>(() => new DatabaseConfigFactory(Create()).Create(folder, settings)).Message;

        Assert.Contains($" Do you mean {meant} ", message + " ");
        Assert.DoesNotContain("s3cret", message);
    }

    [TestMethod]
    public void Where_a_variable_was_looked_for_is_said()
    {
        var above = _folder.Write(".env", "DATABASE_URL=x\n");
        Directory.CreateDirectory(_folder.PathOf("src/app"));

        var alone = ConnectionVariables.Create(_folder.PathOf("src/app"), null, _ => null).Search("DATABASE_URL", _ => false);

        Assert.Contains($"there is no .env file in {_folder.PathOf("src/app")}.", alone);
        Assert.Contains($"{above} is not read, because neither a repository nor a solution says that it belongs to this project: name it with -p:MigrateEnvFile={above}", alone);

        _folder.Write("src/App.slnx", "");
        Assert.Contains($"or above it, up to {_folder.PathOf("src")}.", ConnectionVariables.Create(_folder.PathOf("src/app"), null, _ => null).Search("DATABASE_URL", _ => false));
    }

    [TestMethod]
    public void A_variable_that_is_set_nowhere_is_named_with_its_form()
    {
        _folder.Write(".env", "OTHER=s3cret\n");
        var settings = new DatabaseSettings { ProjectDirectory = _folder.Path, Variable = "MY_URL" };
        var folder = new DatabaseFolder(_folder.Path, new FakeDefinition("fake"), "MY_URL", HistoryTableName.Default);

        var exception = Assert.ThrowsExactly<MigrationException>(() => new DatabaseConfigFactory(Create()).Create(folder, settings));

        Assert.AreEqual("MIG1006", exception.Code);
        Assert.Contains("MY_URL=fake:somewhere", exception.Message);
        Assert.Contains(_folder.PathOf(".env"), exception.Message);
        Assert.DoesNotContain("s3cret", exception.Message);
    }

    private ConnectionVariables Create(string? envFile = null, Func<string, string?>? environment = null) =>
        ConnectionVariables.Create(_folder.Path, envFile, environment ?? (_ => null));
}

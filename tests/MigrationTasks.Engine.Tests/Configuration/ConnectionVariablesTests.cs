using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

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
    public void A_malformed_file_is_no_obstacle_to_the_environment()
    {
        _folder.Write(".env", "not a line\n");

        Assert.AreEqual("value", Create(environment: _ => "value").Find("A"));
        Assert.AreEqual("MIG1009", Assert.ThrowsExactly<MigrationException>(() => Create().Find("A")).Code);
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

using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class EnvFileTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void The_nearest_file_is_found()
    {
        Directory.CreateDirectory(_folder.PathOf(".git"));
        _folder.Write(".env");
        var nearer = _folder.Write("src/.env");
        Directory.CreateDirectory(_folder.PathOf("src/app"));

        Assert.AreEqual(nearer, EnvFile.Find(_folder.PathOf("src/app")));
    }

    [TestMethod]
    public void The_root_of_the_repository_is_looked_at_and_nothing_above_it()
    {
        _folder.Write(".env");
        Directory.CreateDirectory(_folder.PathOf("repository/.git"));
        Directory.CreateDirectory(_folder.PathOf("repository/src"));

        Assert.IsNull(EnvFile.Find(_folder.PathOf("repository/src")));
        var file = _folder.Write("repository/.env");
        Assert.AreEqual(file, EnvFile.Find(_folder.PathOf("repository/src")));
    }

    [TestMethod]
    public void Outside_a_repository_only_the_folder_itself_is_looked_at()
    {
        _folder.Write(".env");
        Directory.CreateDirectory(_folder.PathOf("app"));

        Assert.IsNull(EnvFile.Find(_folder.PathOf("app")));
        Assert.AreEqual(_folder.PathOf("app/.env"), EnvFile.Find(Path.GetDirectoryName(_folder.Write("app/.env"))! + Path.DirectorySeparatorChar));
    }

    [TestMethod]
    [DataRow("App.sln")]
    [DataRow("App.slnx")]
    public void Without_a_repository_the_nearest_solution_is_the_root(string solution)
    {
        _folder.Write(".env");
        var file = _folder.Write("checkout/.env");
        _folder.Write($"checkout/{solution}");
        Directory.CreateDirectory(_folder.PathOf("checkout/src/app"));

        Assert.AreEqual(file, EnvFile.Find(_folder.PathOf("checkout/src/app")));
    }

    [TestMethod]
    [DataRow("A=p$1w$", "p$1w$")]
    [DataRow("A=pw#x", "pw#x")]
    [DataRow("A=pw #x", "pw")]
    [DataRow("A=#x", "")]
    [DataRow("A= b c\t# d", "b c")]
    [DataRow("A=p$$w", "p$w")]
    [DataRow(@"A=p\$w", "p$w")]
    [DataRow(@"A=C:\new\app.db", @"C:\new\app.db")]
    [DataRow("A='p$w #x'", "p$w #x")]
    [DataRow("A='p$w' # x", "p$w")]
    [DataRow(@"A='Let\'s go'", "Let's go")]
    [DataRow(@"A='C:\'", @"C:\")]
    [DataRow("A=\"a b # c\"", "a b # c")]
    [DataRow(@"A=""a\tb\""c\\d\x41""", "a\tb\"c\\dA")]
    [DataRow(@"A=""p\$w$$x""", "p$w$x")]
    [DataRow("A=\"a\nb\"\nB=c", "a\nb")]
    [DataRow("A='a\nb'\r\nB=c", "a\nb")]
    [DataRow("A=it's \"so\"", "it's \"so\"")]
    [DataRow("export A=b", "b")]
    [DataRow("  A = b  ", "b")]
    [DataRow("A=b\nA=c", "c")]
    [DataRow("B=c\nA=$B", "c")]
    [DataRow("B=c\nA=${B}d", "cd")]
    [DataRow("B=c\nA=\"${B}\\n\"", "c\n")]
    [DataRow("B='$C'\nA=$B", "$C")]
    [DataRow("B=1\nA=$B\nB=2", "1")]
    [DataRow("B=1\nB=${B}2\nA=${B}3", "123")]
    [DataRow("A=${MT_NO:-d}", "d")]
    [DataRow("A=${MT_NO-d}", "d")]
    [DataRow("B=\nA=${B:-d}", "d")]
    [DataRow("B=\nA=${B-d}", "")]
    [DataRow("B=b\nA=${B:-d}", "b")]
    [DataRow("B=b\nA=${B:+x}${MT_NO:+y}${MT_NO+z}", "x")]
    [DataRow("A=${MT_NO:-${MT_NO2:-e}}", "e")]
    [DataRow("B=b\nA=${B:?no}", "b")]
    public void Values_are_read_as_Docker_Compose_reads_them(string text, string value) =>
        Assert.AreEqual(value, EnvFile.Read(_folder.Write(".env", text + "\n"))["A"]);

    [TestMethod]
    [DataRow("A=x\nB=${MT_DB_NAME}", "MIG1036", 2, "The value of B refers to MT_DB_NAME, which is set neither above it nor in the environment.")]
    [DataRow("B=${MT_DB_NAME:?s3cret}", "MIG1036", 1, "MT_DB_NAME")]
    [DataRow("B=${C:?s3cret}\nC=x", "MIG1036", 1, "C that is set only further down")]
    [DataRow("B=\nC=${B:?s3cret}", "MIG1036", 2, "refers to B")]
    [DataRow("B=pw$s3cret", "MIG1036", 1, "The value of B holds a $ and a name that is set neither above it nor in the environment. If the $ is meant as it is, write $$")]
    [DataRow("A=1\nB=pw${s3cret", "MIG1009", 2, "contains ${ that is not a reference")]
    [DataRow("A=1\nB=pw${s3cret/a/b}", "MIG1009", 2, "contains ${ that is not a reference")]
    [DataRow("A=1\nB=\"s3cret\nC=2", "MIG1009", 2, "never closed")]
    [DataRow("A=1\nB=\"s3cret\nC=\"2\"", "MIG1009", 2, "never closed")]
    [DataRow("A=1\nB='s3cret\n", "MIG1009", 2, "never closed")]
    [DataRow("A=1\nB='a's3cret\n", "MIG1009", 2, "follows the closing quotation mark")]
    [DataRow("B=\"a\n${MT_DB_NAME}\"", "MIG1036", 2, "MT_DB_NAME")]
    public void What_cannot_be_read_is_told_at_its_line_without_its_value(string text, string code, int line, string says)
    {
        var file = _folder.Write(".env", text + "\n");

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(file));

        Assert.AreEqual((code, new SourceLocation(file, line)), (exception.Code, exception.Diagnostics[0].Location));
        Assert.Contains(says, exception.Message);
        Assert.DoesNotContain("s3cret", exception.ToString());
    }

    [TestMethod]
    public void A_value_that_doubles_from_line_to_line_is_refused()
    {
        var lines = Enumerable.Range(1, 60).Select(i => $"A{i}=$A{i - 1}$A{i - 1}").Prepend("A0=x");

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(_folder.Write(".env", string.Join('\n', lines))));

        Assert.Contains("is longer than", exception.Message);
    }

    [TestMethod]
    public void Values_are_read_and_not_written_into_the_process()
    {
        var file = _folder.Write(".env", "# a comment\nMT_PLAIN=sqlite:app.db\nexport MT_EXPORTED=a=b;c\nMT_QUOTED='pa$$ #word'\n");

        var values = EnvFile.Read(file);

        Assert.AreEqual(("sqlite:app.db", "a=b;c", "pa$$ #word"), (values["MT_PLAIN"], values["MT_EXPORTED"], values["MT_QUOTED"]));
        Assert.IsNull(Environment.GetEnvironmentVariable("MT_PLAIN"));
    }

    [TestMethod]
    public void A_malformed_line_is_an_error_that_does_not_show_it()
    {
        var file = _folder.Write(".env", "MT_A=1\n\n# a comment\ns3cret without a name\n");

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(file));

        Assert.AreEqual(("MIG1009", new SourceLocation(file, 4)), (exception.Code, exception.Diagnostics[0].Location));
        Assert.DoesNotContain("s3cret", exception.Message);
        Assert.DoesNotContain("s3cret", exception.Diagnostics[0].ToString());
    }

    [TestMethod]
    public void A_file_that_cannot_be_opened_is_not_said_to_be_malformed()
    {
        var file = _folder.Write(".env", "MT_A=1\n");
        using var held = File.Open(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var exception = Assert.ThrowsExactly<MigrationException>(() => EnvFile.Read(file));

        Assert.AreEqual("MIG1009", exception.Code);
        Assert.StartsWith("The file cannot be read: ", exception.Diagnostics[0].Message);
    }
}

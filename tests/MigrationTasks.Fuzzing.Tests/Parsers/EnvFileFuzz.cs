using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.TestServers;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary><c>.env</c> files.</summary>
[TestClass]
public sealed partial class EnvFileFuzz : SecretFuzz
{
    private static readonly TemporaryFolder Folder = new();

    protected override string[] Codes => ["MIG1009", "MIG1036"];

    protected override IEnumerable<string> Fragments =>
    [
        "A=", "DATABASE_URL=", "export ", "=", "==", "\n", "\n", "\r\n", "\r", "#", " #", " ", "\t", "'", "\"", "$", "$A", "${A}", "${A:-b}", "${", "}", "\\", "\\n", "\\x41", "\\u0041", "\\0", "\\101",
        "postgres://app:" + Secret + "@host/db?sslmode=require&x=y", Secret, "'" + Secret, "\"" + Secret + " $", Secret + "=", "a b", ":", "`", ".", "-",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("A=b\n"), Growth.Numbered("A#=b\n"), Growth.Of("a", "A="), Growth.Of("a", "A='", "'"), Growth.Of("a", "A=\"", "\""), Growth.Of("a", "A='"), Growth.Of("$a", "A="), Growth.Of("${a}", "A="),
        Growth.Nested("${a:-", "}", "A="), Growth.Of("${a:-", "A="), Growth.Of("\\", "A=\""), Growth.Of("\\\"", "A=\""), Growth.Of("#\n"), Growth.Of("#"), Growth.Of("\n"), Growth.Of(" ", "A=b"), Growth.Of("A"), Growth.Of("="),
        Growth.Of("A=$A\n", "A=b\n"), Growth.Numbered("A#=$A\n", "A=b\n"), Growth.Of("A='\n"), Growth.Of("A='\\'x\n"), Growth.Of("A=\"\n\"x\n"), Growth.Of("${a:?}", "A="),
        Growth.Of("'", "A="), Growth.Of("\"", "A="), Growth.Of("export "),
    ];

    [ClassCleanup]
    public static void Remove() => Folder.Dispose();

    // A name in braces is shown, so that it can be set.
    protected override void Check(string input)
    {
        if (!NamedSecret().IsMatch(input))
        {
            base.Check(input);
        }
    }

    protected override void Read(string input)
    {
        var file = Path.Combine(Folder.Path, ".env");
        File.WriteAllBytes(file, Encoding.UTF8.GetBytes(input));
        EnvFile.Read(file);
    }

    [GeneratedRegex(@"\$\{\w*" + Secret + @"|" + Secret + @"\S*\s*=")]
    private static partial Regex NamedSecret();
}

using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>What follows a <c>COPY … FROM stdin</c>.</summary>
[TestClass]
public sealed class CopyRowsFuzz : FuzzContract
{
    private const string Copy = "copy t from stdin;\n";

    private static readonly Placeholders Placeholders = Placeholders.Create([new("a", "value"), new("lines", "x\n\\.\ny")]);

    protected override IEnumerable<string> Fragments =>
        ["\\.", "\\.", "\\", ".", "\n", "\n", "\n", "\r\n", "\r", "a\tb", "\\N", "';\"$$", "😀", "\uD83D", "--", "\\.\n", "\n\\.\n", "\\.\r", "${a}", "${lines}", "\0", "select 1;", Copy];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("1\t2\n"), Growth.Of("1"), Growth.Of("\\"), Growth.Of("\n\\"), Growth.Of("\\."), Growth.Of("\\.\r"), Growth.Of("\n"), Growth.Of("${a}"), Growth.Of("${a}\n"),
        Growth.Of("\\N\t1\n", after: "\\.\n"), Growth.Of(Copy + "1\n\\.\n", "\\.\n"),
    ];

    protected override void Read(string input)
    {
        foreach (var statement in PostgreSqlDialect.Instance.ReadStatements(new StringReader(Copy + input), "f", Placeholders))
        {
            _ = statement.Rows?.LocationOfLine(int.MaxValue);
        }
    }

    protected override void Check(string input)
    {
        base.Check(input);
        var expected = ReadLineByLine(Placeholders.Replace(input));
        foreach (var size in (int[])[1, 2, 3, 5, 8, 1 << 16])
        {
            Assert.AreEqual(expected, Describe(Copy + input, size), $"window of {size}");
        }
    }

    // The rows and all that follows, as somebody with an editor would tell.
    private static string ReadLineByLine(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var end = text.IndexOf('\n', start);
            if ((end < 0 ? text[start..] : text[start..end]) is "\\." or "\\.\r")
            {
                return Rows(text[..start]) + (text[..start].Contains('\0', StringComparison.Ordinal) || end < 0 ? "" : Describe(text[(end + 1)..], 1 << 16));
            }

            start = end < 0 ? text.Length : end + 1;
        }

        return Rows(text) + (text.Contains('\0', StringComparison.Ordinal) ? "" : "MIG2020");
    }

    private static string Rows(string rows) => rows.IndexOf('\0', StringComparison.Ordinal) is var nul and >= 0 ? "copy MIG2005" : $"copy [{rows}] ";

    // The statements with their rows; up to a problem, and its code.
    private static string Describe(string script, int windowSize)
    {
        var description = new StringBuilder();
        var substitutions = new List<Substitution>();
        var rows = new StringBuilder();
        try
        {
            foreach (var statement in new SqlStatementReader(PostgreSqlDialect.Instance, Placeholders.Substitute(new StringReader(script), substitutions), null, substitutions, windowSize).ReadAll())
            {
                description.Append(statement.Kind == StatementKind.Empty ? "" : statement.Rows is null ? $"{statement.Text} " : "copy ");
                rows.Clear();
                for (var read = statement.Rows?.Read() ?? default; !read.IsEmpty; read = statement.Rows!.Read())
                {
                    rows.Append(read.Span);
                }

                description.Append(statement.Rows is null ? "" : $"[{rows}] ");
            }
        }
        catch (MigrationException problem)
        {
            description.Append(problem.Code == "MIG2020" ? $"[{rows}] " : "").Append(problem.Code);
        }

        return description.ToString();
    }
}

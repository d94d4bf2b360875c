using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class CopyRowsTests
{
    [TestMethod]
    [DataRow("1\ta\n2\t\\N\n\\.\n", "1\ta\n2\t\\N\n")]
    [DataRow("\\.\n", "")]
    [DataRow("\\.", "")]
    [DataRow("1\n\\.", "1\n")]
    [DataRow("1\r\n\\.\r\n", "1\r\n")]
    [DataRow("\\.1\n\\..\n \\.\n\\. \n\\\n.\n'\";$$ /* (\n\\.\n", "\\.1\n\\..\n \\.\n\\. \n\\\n.\n'\";$$ /* (\n")]
    [DataRow("${a} ${b}\n\\.\n", "value ${b}\n")]
    public void Rows_are_what_stands_before_the_line_that_ends_them(string text, string rows)
    {
        Assert.AreEqual($"COPY [{rows}] select 1 ", Describe($"copy t from stdin;\n{text}{(text.EndsWith('\n') ? "select 1;" : "\nselect 1;")}"));
        Assert.AreEqual($"COPY [{rows}] ", Describe($"copy t from stdin;\n{text}"));
    }

    [TestMethod]
    [DataRow("copy t from stdin;\n")]
    [DataRow("copy t from stdin; \t\r\n")]
    [DataRow("copy t from stdin with (format csv); -- the rows;\n")]
    [DataRow("copy t from stdin /* \n */ \n ;\n")]
    public void Rows_start_on_the_line_after_the_statement(string statement) => Assert.AreEqual("COPY [1\n] ", Describe($"{statement}1\n\\.\n"));

    [TestMethod]
    [DataRow("copy t from stdin", "MIG2020 /m/1.sql(2,1)")]
    [DataRow("copy t from stdin;", "MIG2020 /m/1.sql(2,1)")]
    [DataRow("copy t from stdin;\n", "MIG2020 /m/1.sql(2,1)")]
    [DataRow("  copy t from stdin;\n1\n2\n\\", "MIG2020 /m/1.sql(2,3)")]
    [DataRow("copy t from stdin;\n1\n2\n\\. \n", "MIG2020 /m/1.sql(2,1)")]
    [DataRow("copy binary t from stdin;\n", "MIG2021 /m/1.sql(2,1)")]
    [DataRow("copy t from stdin with (header, format 'binary');\n", "MIG2021 /m/1.sql(2,1)")]
    [DataRow("copy t from stdin;  select 2;\n1\n\\.\n", "MIG2022 /m/1.sql(2,21)")]
    [DataRow("copy t from stdin;;\n1\n\\.\n", "MIG2022 /m/1.sql(2,19)")]
    [DataRow("copy t from stdin;\n1\n\t2\0\n\\.\n", "MIG2005 /m/1.sql(4,3)")]
    [DataRow("copy t from stdin;\n1\n\\.\n\\.\n", "MIG2006 /m/1.sql(5,1)")]
    public void What_is_wrong_with_rows_is_reported_where_it_can_be_mended(string script, string problem) =>
        Assert.AreEqual(problem, ScriptText.Problem(PostgreSqlDialect.Instance, $"select 1;\n{script}"));

    [TestMethod]
    [DataRow(CopyFormat.Text, "", "(format text)", "with (delimiter ',', null 'csv')", "null as 'csv'", "with (header, force_null (csv))", "where format = csv", "(format 'text', null 'binary')")]
    [DataRow(CopyFormat.Csv, "csv", "CSV HEADER", "with csv quote ''''", "with delimiter ';' csv", "(format csv)", "WITH (DELIMITER ';', FORMAT 'CSV', HEADER)", "(force_not_null (a, b), format \"csv\")", "with (format csv) where a > 1")]
    public void The_format_of_rows_is_told_by_the_options(CopyFormat format, params string[] options)
    {
        foreach (var option in options)
        {
            Assert.AreEqual(format, ScriptText.Read(PostgreSqlDialect.Instance, $"copy t from stdin {option};\n\\.\n")[0].Rows!.Format, option);
        }
    }

    [TestMethod]
    public void Statements_behind_rows_know_where_they_are()
    {
        var statement = ScriptText.Read(PostgreSqlDialect.Instance, "copy t from stdin;\r\n1\t😀\r\n2\r\n\\.\r\n\r\n  select 1;\r\n")[1];

        Assert.AreEqual((6, 3, "select 1"), (statement.Line, statement.Column, statement.Text));
    }

    [TestMethod]
    [DataRow("", 1, 3)]
    [DataRow("", 3, 5)]
    [DataRow("", 5, null)]
    [DataRow("csv", 4, 6)]
    [DataRow("csv", 6, null)]
    public void A_line_as_the_server_counts_is_found_in_the_file(string option, int line, int? expected)
    {
        // An escaped line break does not end a line of the text format.
        var rows = option.Length == 0 ? "1\\\\\n2 ${a}\n3\\\n3\n4\n" : "1\\\\\n2\n\"3\n3\"\n4\n";
        foreach (var size in (int[])[1, 3, 7, 1000])
        {
            Assert.AreEqual(expected, Locate($"\ncopy t from stdin {option};\n{rows}\\.\n", "b", line, size)?.Line);
        }
    }

    [TestMethod]
    public void A_line_is_found_behind_a_value_of_several_lines() =>
        Assert.AreEqual(new SourceLocation(null, 4, 1), Locate("copy t from stdin;\n1\t${a}\n${a}\n2\n\\.\n", "x\ny", 5, 16));

    [TestMethod]
    public void Rows_are_gone_when_the_next_statement_is_read()
    {
        using var statements = PostgreSqlDialect.Instance.ReadStatements(new StringReader("copy t from stdin;\n1\n\\.\nselect 1;"), null).GetEnumerator();
        statements.MoveNext();
        var rows = statements.Current.Rows!;
        statements.MoveNext();

        Assert.AreEqual("select 1", statements.Current.Text);
        Assert.ThrowsExactly<InvalidOperationException>(() => rows.Read());
    }

    // The statements with their rows; up to a problem, and its code.
    private static string Describe(string script, int windowSize = 1000)
    {
        var description = new StringBuilder();
        try
        {
            foreach (var statement in Reader(script, "value", windowSize).ReadAll())
            {
                description.Append(statement.Kind == StatementKind.Empty ? "" : $"{(statement.Rows is null ? statement.Text : "COPY")} ");
                if (statement.Rows is { } rows)
                {
                    description.Append('[');
                    for (var read = rows.Read(); !read.IsEmpty; read = rows.Read())
                    {
                        description.Append(read.Span);
                    }

                    description.Append("] ");
                }
            }
        }
        catch (MigrationException problem)
        {
            description.Append(problem.Code);
        }

        return description.ToString();
    }

    private static SourceLocation? Locate(string script, string value, int line, int windowSize) =>
        Reader(script, value, windowSize).ReadAll().Select(statement => statement.Rows?.LocationOfLine(line)).First();

    private static SqlStatementReader Reader(string script, string value, int windowSize)
    {
        var substitutions = new List<Substitution>();
        return new SqlStatementReader(PostgreSqlDialect.Instance, ScriptText.A(value).Substitute(new StringReader(script), substitutions), null, substitutions, windowSize);
    }
}

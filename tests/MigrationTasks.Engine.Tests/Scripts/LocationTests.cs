using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class LocationTests
{
    [TestMethod]
    [DataRow("a", 1, 1, 0)]
    [DataRow("\n\n  a", 3, 3, 4)]
    [DataRow("\t\ta", 1, 3, 2)]
    [DataRow("-- x\r\n\r\na", 3, 1, 8)]
    [DataRow("-- x\r\ra", 3, 1, 6)]
    [DataRow("/* 😀é */ a", 1, 10, 10)]
    [DataRow("/* 😀\n */ a", 2, 5, 10)]
    [DataRow("b; a", 1, 4, 3)]
    [DataRow("b\r\n;\r\na", 3, 1, 6)]
    [DataRow("'😀😀'; a", 1, 7, 8)]
    public void A_statement_knows_where_it_starts(string script, int line, int column, int offset)
    {
        var statement = ScriptText.Read(PostgreSqlDialect.Instance, script)[^1];
        Assert.AreEqual((line, column, (long)offset, "a"), (statement.Line, statement.Column, statement.Offset, statement.Text));
    }

    [TestMethod]
    public void The_pieces_of_a_CR_LF_are_one_line_break()
    {
        var position = TextPosition.Start.Advance("a\r").Advance("\nb\r").Advance("").Advance("\n").Advance("\n😀c");
        Assert.AreEqual((4, 3, 10L), (position.Line, position.Column, position.Offset));
    }

    [TestMethod]
    [DataRow(1, 2, 3)]
    [DataRow(8, 2, 10)]
    [DataRow(10, 2, 12)]
    [DataRow(13, 3, 2)]
    [DataRow(17, 3, 6)]
    [DataRow(18, 2, 3)]
    [DataRow(0, 2, 3)]
    [DataRow(-1, 2, 3)]
    public void A_character_of_PostgreSQL_becomes_a_place_in_the_file(int character, int line, int column)
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, "\n  select '😀'\n\tfrom; ");
        Assert.AreEqual(new SourceLocation("f", line, column), statement.LocationOf("f", character));
    }

    [TestMethod]
    [DataRow(0, 2, 3)]
    [DataRow(8, 2, 11)]
    [DataRow(12, 2, 12)]
    [DataRow(15, 3, 2)]
    [DataRow(19, 3, 6)]
    [DataRow(20, 2, 3)]
    [DataRow(-1, 2, 3)]
    public void A_byte_of_SQLite_becomes_a_place_in_the_file(int offset, int line, int column)
    {
        var statement = ScriptText.Only(SqliteDialect.Instance, "\n  select '😀'\n\tfrom; ");
        Assert.AreEqual(new SourceLocation("f", line, column), statement.LocationOfByte("f", offset));
    }

    [TestMethod]
    [DataRow(1, 2, 3)]
    [DataRow(2, 3, 2)]
    [DataRow(3, 4, 1)]
    [DataRow(4, 2, 3)]
    [DataRow(0, 2, 3)]
    public void A_line_of_a_statement_becomes_a_place_in_the_file(int line, int fileLine, int column)
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, "\n  select\r\n\t1,\r\n2;\n");
        Assert.AreEqual(new SourceLocation("f", fileLine, column), statement.LocationOfLine("f", line));
    }
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class TokenChecksumTests
{
    private const string Script = "create table \"a b\"(id bigint primary key,note text default E'x\\'y'); insert into t values(1.5,'--',$f$ /* body */ $f$);";

    [TestMethod]
    [DataRow("SELECT 1;", "-- one\n/* two */  SELECT\r\n\t1 -- three\n;;\n-- four", DisplayName = "comments, white space and empty statements")]
    [DataRow("SELECT a,b FROM(t);", "SELECT a , b FROM ( t ) ;", DisplayName = "punctuation")]
    [DataRow("SELECT a=1,b||'x'::text;", "SELECT a = 1, b || 'x' :: text;", DisplayName = "operators and operands")]
    [DataRow("SELECT a[1];", "SELECT a [ 1 ] ;", DisplayName = "brackets")]
    [DataRow("SELECT 1", "SELECT 1;", DisplayName = "the last semicolon")]
    [DataRow("", "-- nothing at all\n;", DisplayName = "nothing")]
    [DataRow("-- Transaction: none\nBEGIN; SELECT 1; COMMIT;", "BEGIN;\nSELECT 1;\nCOMMIT;", DisplayName = "the header")]
    public void Comments_and_layout_do_not_count(string one, string other) => Assert.AreEqual(Of(one), Of(other));

    [TestMethod]
    [DataRow("SELECT 1;", "SELECT 2;", DisplayName = "a number")]
    [DataRow("SELECT a;", "SELECT A;", DisplayName = "the case of a name")]
    [DataRow("SELECT 'a -- b';", "SELECT 'a --  b';", DisplayName = "white space in a string")]
    [DataRow("SELECT 'a /* b */';", "SELECT 'a';", DisplayName = "a comment in a string")]
    [DataRow("DO $$ BEGIN /* x */ END $$;", "DO $$ BEGIN END $$;", DisplayName = "a comment in a body")]
    [DataRow("SELECT \"a b\";", "SELECT \"a  b\";", DisplayName = "white space in a quoted name")]
    [DataRow("SELECT 1e5;", "SELECT 1 e5;", DisplayName = "a number and a name")]
    [DataRow("SELECT 1.5;", "SELECT 1 .5;", DisplayName = "a number and another")]
    [DataRow("SELECT a @- b;", "SELECT a @ -b;", DisplayName = "one operator and two")]
    [DataRow("SELECT B'101';", "SELECT B '101';", DisplayName = "a bit string and a cast")]
    [DataRow("SELECT U&'\\0061';", "SELECT U & '\\0061';", DisplayName = "an escape and an operation")]
    [DataRow("SELECT ab;", "SELECT a b;", DisplayName = "one word and two")]
    [DataRow("SELECT 'a''b';", "SELECT 'a' 'b';", DisplayName = "one string and two")]
    [DataRow("SELECT 1; SELECT 2;", "SELECT 1 SELECT 2;", DisplayName = "a semicolon between")]
    [DataRow("SELECT ${schema};", "SELECT $ {schema};", DisplayName = "a placeholder")]
    [DataRow("SELECT /*+ SeqScan(t) */ 1;", "SELECT 1;", DisplayName = "a hint")]
    [DataRow("SELECT /*+ SeqScan(t) */ 1;", "SELECT /*+ IndexScan(t) */ 1;", DisplayName = "what a hint says")]
    [DataRow("BEGIN; SELECT 1; COMMIT;", "SELECT 1;", DisplayName = "a transaction of its own")]
    public void What_the_database_may_take_for_something_else_counts(string one, string other) => Assert.AreNotEqual(Of(one), Of(other));

    [TestMethod]
    public void A_hint_is_a_comment_where_no_optimizer_reads_it() =>
        Assert.AreEqual(Of("SELECT /*+ x */ 1;", SqliteDialect.Instance), Of("SELECT 1;", SqliteDialect.Instance));

    [TestMethod]
    [DataRow("SELECT 1;", "# one\nSELECT /* two */ 1 -- three\n;", true, DisplayName = "comments")]
    [DataRow("CREATE PROCEDURE p() BEGIN SELECT 1; END;", "DELIMITER //\nCREATE PROCEDURE p() BEGIN SELECT 1; END//", true, DisplayName = "a delimiter")]
    [DataRow("SELECT 1;", "SELECT /*!50003 1 */;", false, DisplayName = "a version comment")]
    [DataRow("SELECT /*!50003 1 */;", "SELECT /*!80000 1 */;", false, DisplayName = "the version in it")]
    [DataRow("SELECT /*!50003 1 */;", "SELECT /*!50003  1*/;", true, DisplayName = "the layout in it")]
    [DataRow("SELECT /*!50003 1 */;", "SELECT /*!50003 2 */;", false, DisplayName = "what it says")]
    [DataRow("/*M!999999\\- enable the sandbox mode */ SELECT 1;", "SELECT 1;", true, DisplayName = "what no server runs")]
    [DataRow("SELECT /*+ MAX_EXECUTION_TIME(1) */ 1;", "SELECT 1;", false, DisplayName = "a hint")]
    [DataRow(@"SELECT 'a\'b';", "SELECT 'a''b';", false, DisplayName = "how a quote is escaped")]
    [DataRow("SELECT 5--1;", "SELECT 5 - - 1;", false, DisplayName = "an operator and two")]
    public void What_counts_in_MySql_is_what_its_servers_run(string one, string other, bool areSame) =>
        Assert.AreEqual(areSame, Of(one, MySqlDialect.Instance) == Of(other, MySqlDialect.Instance));

    [TestMethod]
    public void Every_character_of_every_token_counts()
    {
        var checksum = Of(Script);
        for (var i = 0; i < Script.Length; i++)
        {
            if (Script[i] is not (' ' or ';'))
            {
                Assert.AreNotEqual(checksum, TryOf(Script[..i] + (Script[i] == 'z' ? 'q' : 'z') + Script[(i + 1)..]), $"The character at {i} does not count.");
            }
        }
    }

    [TestMethod]
    public void A_token_may_be_longer_than_the_buffer_and_hold_any_character()
    {
        var text = string.Concat(Enumerable.Repeat("aü€😀", 20_000));
        var checksum = Of($"SELECT '{text}';");

        Assert.AreEqual(checksum, Of($"SELECT   '{text}' -- x"));
        for (var before = 1; before <= 4; before++)
        {
            Assert.AreNotEqual(checksum, Of($"SELECT '{new string('x', before)}{text}';"));
            Assert.AreNotEqual(checksum, Of($"SELECT '{text[..^before]}';"));
        }
    }

    [TestMethod]
    [DataRow("SELECT ${x};", "SELECT  ${x} ; -- ${x}", true, DisplayName = "layout")]
    [DataRow("SELECT ${x};", "SELECT ${X};", false, DisplayName = "its name")]
    [DataRow("SELECT ${x};", "SELECT 1;", false, DisplayName = "its value")]
    [DataRow("SELECT 'a${quote};", "SELECT 'b${quote};", false, DisplayName = "what its value would close")]
    public void A_placeholder_counts_as_it_is_written(string one, string other, bool areSame)
    {
        var placeholders = Placeholders.Create([new("x", "1"), new("quote", "'")]);

        Assert.AreEqual(areSame, Of(one, placeholders: placeholders) == Of(other, placeholders: placeholders));
        Assert.AreEqual(Of("SELECT ${x};"), Of("SELECT ${x};", placeholders: placeholders));
    }

    [TestMethod]
    [DataRow("1\ta\n2\tb\n", "1\ta\n2\tb\n", true, DisplayName = "nothing changed")]
    [DataRow("1\ta\n2\tb\n", "1\ta\n2\tc\n", false, DisplayName = "a value")]
    [DataRow("1\ta\n2\tb\n", "1\ta\n", false, DisplayName = "a row")]
    [DataRow("-- 1\n", "-- 2\n", false, DisplayName = "a row that looks like a comment")]
    [DataRow("${x}\n", "1\n", false, DisplayName = "a placeholder")]
    public void Rows_count_as_they_are_written(string one, string other, bool areSame)
    {
        var placeholders = Placeholders.Create([new("x", "1")]);

        Assert.AreEqual(areSame, Of($"COPY t FROM stdin;\n{one}\\.\n", placeholders: placeholders) == Of($"/* t */ COPY t  FROM stdin; -- rows\n{other}\\.\n", placeholders: placeholders));
        Assert.AreNotEqual(Of("COPY t FROM stdin;\nSELECT 1\n\\.\n"), Of("COPY t FROM stdin;\n\\.\nSELECT 1;\n"));
    }

    [TestMethod]
    public void Another_value_in_very_many_rows_does_not_count()
    {
        var rows = string.Concat(Enumerable.Repeat("1\t${x}${x}\t2\n", 20_000));
        var checksums = new[] { "", "1", "a value of some length", "\n" }.Select(value => Of($"COPY t FROM stdin;\n{rows}\\.\n", placeholders: Placeholders.Create([new("x", value)])));

        Assert.AreEqual(1, checksums.Distinct().Count());
    }

    private static string Of(string script, SqlDialect? dialect = null, Placeholders? placeholders = null)
    {
        using var checksum = new TokenChecksum();
        foreach (var _ in checksum.Watch((dialect ?? PostgreSqlDialect.Instance).ReadStatements(new StringReader(script), null, placeholders ?? Placeholders.None)))
        {
            // Reading on is what feeds the checksum.
        }

        return checksum.Complete();
    }

    private static string TryOf(string script)
    {
        try
        {
            return Of(script);
        }
        catch (MigrationException problem)
        {
            return problem.Code;
        }
    }
}

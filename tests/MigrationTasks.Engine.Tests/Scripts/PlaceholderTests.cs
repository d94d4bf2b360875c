using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class PlaceholderTests
{
    private const string Secret = "hunter2";

    private static readonly Placeholders Defined = Placeholders.Create(
    [
        KeyValuePair.Create("schema", "app"),
        KeyValuePair.Create("Table-1.x", "orders"),
        KeyValuePair.Create("empty", ""),
        KeyValuePair.Create("nested", "${schema} $$ ${empty} 'a;b' %20"),
        KeyValuePair.Create("lines", "a,\r\nb"),
    ]);

    [TestMethod]
    [DataRow("CREATE TABLE ${schema}.${Table-1.x} (a int);", "CREATE TABLE app.orders (a int);")]
    [DataRow("${schema}", "app")]
    [DataRow("${SCHEMA}${sChema}", "appapp")]
    [DataRow("'${schema}' \"${schema}\" -- ${schema}\n/* ${schema} */ $q$${schema}$q$ $$ ${schema} $$", "'app' \"app\" -- app\n/* app */ $q$app$q$ $$ app $$")]
    [DataRow("a${empty}b${empty}", "ab")]
    [DataRow("${nested}", "${schema} $$ ${empty} 'a;b' %20")]
    [DataRow("$${schema}$", "$app$")]
    [DataRow("${${schema}}", "${app}")]
    [DataRow("IN (${lines})", "IN (a,\r\nb)")]
    public void What_is_defined_is_replaced_wherever_it_stands(string text, string expected) => Assert.AreEqual(expected, Defined.Replace(text));

    [TestMethod]
    [DataRow("$$ $1 $ $$$ $schema $tag$ {schema} #{schema} {{schema}}")]
    [DataRow("'$2b$12$K3JNi5xUQEzZqTnXq1Zq8OYx0Zz2V1c9t1m6yZtJq5yQ1Qe1Xe0Ga'")]
    [DataRow("${undefined} ${schema ${ schema} ${schema } ${schema:x} ${} ${")]
    [DataRow("${schem} ${schemas} $\n{schema} $ {schema} ${schéma} ${\0schema}")]
    [DataRow("$")]
    [DataRow("")]
    public void All_else_stays_as_it_is(string text) => Assert.AreEqual(text, Defined.Replace(text));

    [TestMethod]
    [DataRow("-- Rollback: DELETE FROM t WHERE a IN (${lines})\nSELECT '${lines}';", "-- Rollback: DELETE FROM t WHERE a IN (${lines})\nSELECT 'a,\r\nb';")]
    [DataRow("  -- ${lines} ${schema}\r\t--${lines}\n- -${lines}", "  -- ${lines} app\r\t--${lines}\n- -a,\r\nb")]
    [DataRow("a -- ${lines}", "a -- a,\r\nb")]
    public void A_comment_line_does_not_get_a_value_of_several_lines_which_would_end_it(string text, string expected)
    {
        Assert.AreEqual(expected, Defined.Replace(text));
        var padding = new string(' ', 32_760);
        for (var length = 0; length < 16; length++)
        {
            // The start of the line is in a block that is gone when its placeholder is read.
            Assert.AreEqual($"{padding[length..]}{expected}", Defined.Replace($"{padding[length..]}{text}"));
            Assert.AreEqual($"\n-- {padding[length..]}${{lines}}", Defined.Replace($"\n-- {padding[length..]}${{lines}}"));
        }
    }

    [TestMethod]
    public void A_placeholder_across_the_edge_of_a_block_is_replaced()
    {
        for (var length = 16_360; length < 16_400; length++)
        {
            var before = new string('x', length);
            Assert.AreEqual($"{before}app$$app${{no}}$", Defined.Replace($"{before}${{schema}}$$${{schema}}${{no}}$"), $"{length}");
        }
    }

    [TestMethod]
    public void A_script_is_split_after_its_values_are_in_place()
    {
        Assert.AreSequenceEqual(["x", "y 'z;'", "w"], ScriptText.Read(PostgreSqlDialect.Instance, "${a}; w", "x; y 'z;'").Select(statement => statement.Text));
        Assert.AreSequenceEqual(["a 'it; b'"], ScriptText.Read(PostgreSqlDialect.Instance, "a ${a}it; b'", "'").Select(statement => statement.Text));
    }

    [TestMethod]
    public void Without_placeholders_a_script_is_read_as_it_is()
    {
        using var text = new StringReader("${a}");
        Assert.AreSame(text, Placeholders.None.Substitute(text, []));
        Assert.IsTrue(Placeholders.Create([]).IsEmpty);
    }

    [TestMethod]
    [DataRow("", "MIG1018")]
    [DataRow("${schema}", "MIG1018")]
    [DataRow("1st", "MIG1018")]
    [DataRow("my schema", "MIG1018")]
    [DataRow("schéma", "MIG1018")]
    [DataRow("schema\n", "MIG1018")]
    [DataRow("Other", "MIG1017")]
    public void A_name_that_cannot_be_one_is_refused_and_no_value_shown(string name, string code)
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => Placeholders.Create(
            [KeyValuePair.Create("other", Secret), KeyValuePair.Create(name, Secret), KeyValuePair.Create("$", Secret)]));

        Assert.AreSequenceEqual([code, "MIG1018"], exception.Diagnostics.Select(problem => problem.Code));
        Assert.DoesNotContain(Secret, exception.Message);
    }

    [TestMethod]
    [DataRow(@"select 1 \${a}", @"\${a} is a command")]
    [DataRow("select $${a}$ x", "add the missing $${a}$")]
    [DataRow("${a} x;", "${a} AND CHAIN is not allowed", "COMMIT AND CHAIN /* hunter2 */;")]
    public void A_message_shows_a_placeholder_and_not_its_value(string script, string says, string value = Secret)
    {
        var exception = Assert.ThrowsExactly<MigrationException>(
            () => TransactionRules.Apply(ScriptText.Read(PostgreSqlDialect.Instance, script, value), transactional: true, null).ToList());

        Assert.Contains(says, exception.Message);
        Assert.DoesNotContain(Secret, exception.Message);
    }

    [TestMethod]
    public void What_is_not_defined_can_be_found()
    {
        using var text = new StringReader("${a} $$\r\n '😀' ${b.c} ${d}\n$1 ${ e} ${B-2}");

        var found = ScriptText.A("").FindUndefined(text, "f").Select(use => $"{use.Name} {use.Location}");

        Assert.AreSequenceEqual(["b.c f(2,6)", "d f(2,13)", "B-2 f(3,10)"], found);
    }
}

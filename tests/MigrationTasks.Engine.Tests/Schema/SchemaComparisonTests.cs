using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Tests.Schema;

[TestClass]
public sealed class SchemaComparisonTests
{
    private static readonly SchemaFact[] Columns = [Column("a", 1), Column("b", 2), Column("c", 3)];

    [TestMethod]
    public void An_object_is_told_as_a_whole() =>
        Compare([Table("t", Columns), Table("u")], [Table("u"), Table("v", Columns)], "table t is removed", "table v is added");

    [TestMethod]
    public void A_fact_is_told_with_what_it_was_and_what_it_is() =>
        Compare([Table("t", Columns)], [Table("t", new SchemaFact("column", "a", "text"), Columns[1], new SchemaFact("owner", "", "app"))],
            "table t, owner is added: app", "table t, column a is changed from int to text", "table t, column c is removed: int");

    [TestMethod]
    public void An_order_is_told_where_both_have_one_and_nothing_else_moves_it()
    {
        Compare([Table("t", Columns)], [Table("t", Column("c", 1), Column("a", 2), Column("b", 3))], "table t, columns are in another order");
        Compare([Table("t", Columns)], [Table("t", Column("a", 1), Column("x", 2), Column("c", 3))], "table t, column b is removed: int", "table t, column x is added: int");
        Compare([Table("t", Columns)], [Table("t", Column("c", 0), Column("a", 0), Column("b", 0))]);
    }

    [TestMethod]
    public void Several_facts_of_one_name_are_told_one_by_one() =>
        Compare([Table("t", Check("a > 0"), Check("b > 0"))], [Table("t", Check("a > 0"), Check("c > 0"), Check("d > 0"))],
            "table t, constraint same is removed: b > 0", "table t, constraint same is added: c > 0", "table t, constraint same is added: d > 0");

    [TestMethod]
    public void What_is_given_in_another_order_or_twice_is_the_same() => Compare([Table("t", Columns), Table("u")], [Table("u"), Table("t", [.. Columns.Reverse(), .. Columns])]);

    [TestMethod]
    public void Two_objects_of_one_name_are_a_mistake_of_the_reader() => Assert.ThrowsExactly<ArgumentException>(() => new SchemaSnapshot("Fake 1", [Table("t"), Table("t", Columns)]));

    [TestMethod]
    public void What_a_reader_cannot_describe_is_told()
    {
        var schema = new SchemaBuilder().Add("table", "t").AddUncovered("operator-family", "f").Build("Fake 1");
        Assert.AreEqual("operator-family f", string.Join(", ", schema.Uncovered));
        Assert.AreEqual("operator-family f is removed", string.Join(", ", schema.DifferencesTo(new SchemaSnapshot("Fake 1", [Table("t")]))));
    }

    private static SchemaFact Column(string name, int position) => new("column", name, "int") { Position = position };

    private static SchemaFact Check(string text) => new("constraint", "same", text);

    private static SchemaObject Table(string name, params SchemaFact[] facts) => new("table", name, facts);

    private static void Compare(SchemaObject[] before, SchemaObject[] after, params string[] differences) =>
        Assert.AreEqual(string.Join('\n', differences), string.Join('\n', new SchemaSnapshot("Fake 1", before).DifferencesTo(new SchemaSnapshot("Fake 1", after))));
}

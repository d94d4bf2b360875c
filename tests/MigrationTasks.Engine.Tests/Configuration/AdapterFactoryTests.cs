using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Tests.Configuration;

[TestClass]
public sealed class AdapterFactoryTests
{
    private static readonly FakeDefinition One = new("one", ["uno"], ["one", "shared"]);
    private static readonly FakeDefinition Two = new("two", schemes: ["shared"]);

    private readonly AdapterFactory _factory = new([One, Two]);

    [TestMethod]
    [DataRow("one")]
    [DataRow("ONE")]
    [DataRow("Uno")]
    public void An_adapter_is_found_by_any_of_its_names(string name) => Assert.AreSame(One, _factory.ForName(name));

    [TestMethod]
    public void An_unknown_name_is_an_error_that_lists_the_known_ones()
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => _factory.ForName("three"));

        Assert.AreEqual("MIG1003", exception.Code);
        Assert.Contains("one, two, uno", exception.Message);
    }

    [TestMethod]
    public void A_scheme_belongs_to_the_first_that_has_it()
    {
        Assert.AreSame(One, _factory.FindByUrl("SHARED://host"));
        Assert.IsNull(_factory.FindByUrl("other://host"));
        Assert.IsNull(_factory.FindByUrl("Host=one"));
    }

    [TestMethod]
    public void Two_adapters_of_one_name_are_a_mistake_that_says_whose_they_are()
    {
        var exception = Assert.ThrowsExactly<MigrationException>(() => new AdapterFactory([One, new FakeDefinition("UNO")]));

        Assert.AreEqual("MIG1032", exception.Code);
        Assert.Contains("called UNO: MigrationTasks.Engine.Tests.FakeDefinition in MigrationTasks.Engine.Tests and MigrationTasks.Engine.Tests.FakeDefinition in", exception.Message);
    }

    [TestMethod]
    public void An_alias_that_repeats_the_name_does_no_harm() =>
        Assert.AreEqual("one", new AdapterFactory([new FakeDefinition("one", ["ONE"])]).ForName("One").Name);
}

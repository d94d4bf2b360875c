using MigrationTasks.Help;

namespace MigrationTasks.Tests.Help;

[TestClass]
public sealed class HelpTextTests
{
    [TestMethod]
    public void Names_and_descriptions_stand_in_columns_and_lines_are_not_too_long()
    {
        HelpSection[] sections =
        [
            new("Targets", [new("Migrate", "Applies what is pending:", "dotnet build -t:Migrate")]),
            new("Items", [
                new("MigrationsFolder", "A folder.", "<MigrationsFolder Include=\"a folder with a name so long\" ConnectionStringVariable=\"THAT_DOES_NOT_FIT\" />"),
                new("  Database", "The name of the database, which says more than would fit into one line of a terminal that is not very wide."),
            ]),
        ];

        Assert.AreEqual(
            """
            the targets, properties with their defaults, and items of MigrationTasks

              Targets
                Migrate                              Applies what is pending: dotnet build -t:Migrate

              Items
                MigrationsFolder                     A folder.
                                                     <MigrationsFolder Include="a folder with a name so long" ConnectionStringVariable="THAT_DOES_NOT_FIT" />
                  Database                           The name of the database, which says more than would fit into one line of a
                                                     terminal that is not very wide.
            """,
            HelpText.Of(sections));
    }
}

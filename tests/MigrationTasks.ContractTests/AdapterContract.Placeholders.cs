namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task Another_value_is_no_edit_of_an_applied_file()
    {
        Project.Placeholders["prefix"] = "shop_";
        (await Project.Write("001_a", Create("${prefix}a")).MigrateAsync()).Succeeded();
        Project.Placeholders["prefix"] = "other_";

        (await Project.Write("002_b", Create("${prefix}b")).MigrateAsync()).Applied("002_b").WithoutWarnings();

        await ValuesAreAsync("other_b");
    }
}

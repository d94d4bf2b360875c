using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Tests.Import;

[TestClass]
public sealed class ScriptNameTests
{
    [TestMethod]
    [DataRow("001_create_users.sql", "001", "create_users")]
    [DataRow("V1__create_users.sql", "1", "create_users")]
    [DataRow("v0002__x", "0002", "x")]
    [DataRow("20260102030405_CreateUsers", "20260102030405", "CreateUsers")]
    [DataRow("1767323045678_create-users", "1767323045678", "create-users")]
    [DataRow("Script0001 - Create users.SQL", "0001", "Create users")]
    [DataRow("001-create.users.sql", "001", "create.users")]
    [DataRow("20260102030405-create_users.js", "20260102030405", "create_users")]
    [DataRow("20260102030405_CreateUsers.ts", "20260102030405", "CreateUsers")]
    [DataRow("001_users.v2.json", "001", "users.v2")]
    [DataRow("003", "003", "")]
    [DataRow("create_users.sql", null, "create_users")]
    [DataRow("add_2fa.sql", null, "add_2fa")]
    [DataRow("2fa.sql", null, "2fa")]
    [DataRow("utf8mb4_everywhere", null, "utf8mb4_everywhere")]
    [DataRow("Voucher_codes", null, "Voucher_codes")]
    [DataRow("", null, "")]
    public void A_name_is_a_version_and_a_title(string name, string? version, string title) =>
        Assert.AreEqual(new ScriptName(version, title), ScriptName.Parse(name));

    [TestMethod]
    [DataRow("create_users", "CREATEUSERS")]
    [DataRow("Create Users", "CREATEUSERS")]
    [DataRow("create-users!", "CREATEUSERS")]
    [DataRow("größe_日本", "GRÖßE日本")]
    [DataRow("__", "")]
    public void Neither_case_nor_separators_count_in_a_title(string title, string normalized) =>
        Assert.AreEqual(normalized, ScriptName.Normalize(title));
}

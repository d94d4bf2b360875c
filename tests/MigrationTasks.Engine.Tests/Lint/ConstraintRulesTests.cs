namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class ConstraintRulesTests
{
    [TestMethod]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u (id) ON DELETE SET NULL;", "MIG5010(1,19)")]
    [DataRow("ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u;", "MIG5010(1,19)")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c FOREIGN KEY (a) REFERENCES u NOT VALID;", "")]
    [DataRow("ALTER TABLE t ADD COLUMN a int REFERENCES u ON DELETE SET DEFAULT;", "")]
    [DataRow("ALTER TABLE t ADD COLUMN a int DEFAULT NULL REFERENCES u;", "")]
    [DataRow("ALTER TABLE t ADD COLUMN a int DEFAULT 1 REFERENCES u;", "MIG5010(1,42)")]
    [DataRow("CREATE TABLE t (a int REFERENCES u); ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES v;", "")]
    [DataRow("CREATE TABLE t (a int REFERENCES u, FOREIGN KEY (a) REFERENCES v);", "")]
    public void A_foreign_key_is_added_without_checking_all_rows_at_once(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0);", "MIG5011(1,19)")]
    [DataRow("ALTER TABLE IF EXISTS ONLY s.t ADD CHECK (a > 0), ADD CONSTRAINT d CHECK (b IN (1, 2)) NOT VALID;", "MIG5011(1,36)")]
    [DataRow("ALTER TABLE t ADD COLUMN a int CHECK (a > 0);", "MIG5011(1,32)")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;", "")]
    [DataRow("ALTER TABLE t DROP CONSTRAINT c;", "")]
    public void A_check_is_added_without_checking_all_rows_at_once(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c UNIQUE (a, b);", "MIG5012(1,19)")]
    [DataRow("ALTER TABLE t ADD PRIMARY KEY (a);", "MIG5012(1,19)")]
    [DataRow("ALTER TABLE t ADD COLUMN a int UNIQUE;", "MIG5012(1,32)")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c UNIQUE USING INDEX i;", "")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c PRIMARY KEY USING INDEX i;", "")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c UNIQUE (a) USING INDEX TABLESPACE fast;", "MIG5012(1,19)")]
    public void A_unique_key_takes_over_an_index_that_is_there(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    public void An_exclusion_is_warned_of() =>
        Assert.AreEqual("MIG5013(1,19)", LintText.PostgreSql("ALTER TABLE t ADD CONSTRAINT c EXCLUDE USING gist (a WITH &&);"));

    [TestMethod]
    [DataRow("ALTER TABLE t ALTER COLUMN a SET NOT NULL;", "MIG5014(1,15)")]
    [DataRow("ALTER TABLE t ALTER a SET NOT NULL, ALTER b DROP NOT NULL;", "MIG5014(1,15)")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c NOT NULL a;", "MIG5014(1,19)")]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c NOT NULL a NOT VALID;", "")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE t ALTER COLUMN a SET NOT NULL;", "")]
    public void A_column_becomes_not_null_only_once_that_is_proven(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER a SET NOT NULL;", "")]
    [DataRow("ALTER TABLE t ALTER a SET NOT NULL;", "MIG5014(1,15)")]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT c; ALTER TABLE t ALTER b SET NOT NULL;", "MIG5014(1,52)")]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT of_another_folder; ALTER TABLE t ALTER a SET NOT NULL;", "")]
    public void A_check_that_is_validated_proves_it(string script, string warnings) =>
        Assert.AreEqual(warnings, LintText.PostgreSql(script, "ALTER TABLE t ADD CONSTRAINT c CHECK ((a IS NOT NULL)) NOT VALID;"));

    [TestMethod]
    [DataRow("ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID;\nALTER TABLE t VALIDATE CONSTRAINT c;", "MIG5015(2,15)")]
    [DataRow("-- Transaction: none\nALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID; ALTER TABLE t VALIDATE CONSTRAINT c;", "")]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT c;", "")]
    public void A_constraint_is_not_validated_in_the_transaction_that_adds_it(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));
}

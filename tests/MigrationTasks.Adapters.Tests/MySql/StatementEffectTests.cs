using System.Globalization;
using MigrationTasks.MySql;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What shows on a server whether a statement was completed when its run was interrupted.</summary>
[TestClass]
public sealed class StatementEffectTests : MySqlTest
{
    private const string Before = """
        CREATE TABLE a (id int, old int, other int, INDEX i (old), CONSTRAINT positive CHECK (id > 0));
        CREATE TABLE `odd.name``s` (`a b` int); CREATE TABLE b (id int PRIMARY KEY); CREATE TABLE c (id int, FOREIGN KEY fk (id) REFERENCES b (id));
        CREATE VIEW w AS SELECT 1 AS x; CREATE PROCEDURE q() SELECT 1; CREATE FUNCTION g() RETURNS int RETURN 1; CREATE SEQUENCE r;
        CREATE TRIGGER u BEFORE INSERT ON a FOR EACH ROW SET new.old = 1; CREATE EVENT f ON SCHEDULE EVERY 1 DAY DO SELECT 1
        """;

    [TestMethod]
    [DataRow("CREATE TABLE n (id int)", "the table n is there")]
    [DataRow("create /* why */ table\n`n`(id int)", "the table n is there")]
    [DataRow("CREATE TABLE N AS SELECT 1 AS x", "the table N is there")]
    [DataRow("CREATE TABLE `a.b``c d` (id int)", "the table a.b`c d is there")]
    [DataRow("CREATE TABLE `{0}`.n (id int)", "the table {0}.n is there")]
    [DataRow("SET STATEMENT max_statement_time = 10 FOR CREATE TABLE n (id int)", "the table n is there")]
    [DataRow("DROP TABLE `odd.name``s`", "the table odd.name`s is gone")]
    [DataRow("DROP TABLE a, c", "the table a is gone", DisplayName = "several tables")]
    [DataRow("DROP TABLE c, `{0}` . b RESTRICT", "the table c is gone", DisplayName = "one of them with its schema")]
    [DataRow("RENAME TABLE b TO n", "the table b is gone")]
    [DataRow("RENAME TABLE a TO a_old, b TO a", "the table a_old is there", DisplayName = "tables that change places")]
    [DataRow("ALTER TABLE a RENAME TO n, ADD COLUMN note text", "the table a is gone")]
    [DataRow("ALTER TABLE a RENAME n", "the table a is gone")]
    [DataRow("CREATE DEFINER = 'root'@'localhost' VIEW v AS SELECT 1 AS x", "the view v is there")]
    [DataRow("CREATE ALGORITHM = MERGE DEFINER=`root`@`localhost` SQL SECURITY INVOKER VIEW `{0}`.v AS SELECT 1 AS x", "the view {0}.v is there")]
    [DataRow("DROP VIEW w", "the view w is gone")]
    [DataRow("CREATE SEQUENCE s", "the sequence s is there")]
    [DataRow("DROP SEQUENCE r", "the sequence r is gone")]
    [DataRow("CREATE DEFINER=CURRENT_USER() PROCEDURE p() BEGIN SELECT 1; SELECT 2; END", "the procedure p is there")]
    [DataRow("DROP PROCEDURE q", "the procedure q is gone")]
    [DataRow("CREATE DEFINER = root@localhost FUNCTION h(x int) RETURNS int RETURN x", "the function h is there")]
    [DataRow("CREATE AGGREGATE FUNCTION h(x int) RETURNS int BEGIN DECLARE CONTINUE HANDLER FOR NOT FOUND RETURN 1; LOOP FETCH GROUP NEXT ROW; END LOOP; END", "the function h is there")]
    [DataRow("DROP FUNCTION g", "the function g is gone")]
    [DataRow("CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF EXISTS (SELECT 1) THEN SET new.old = 1; END IF", "the trigger t is there")]
    [DataRow("/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER t AFTER INSERT ON a FOR EACH ROW SET @a = 1 */", "the trigger t is there")]
    [DataRow("DROP TRIGGER `{0}`.u", "the trigger {0}.u is gone")]
    [DataRow("CREATE EVENT e ON SCHEDULE EVERY 1 DAY DO DROP TABLE IF EXISTS x", "the event e is there")]
    [DataRow("ALTER EVENT f RENAME TO e", "the event f is gone")]
    [DataRow("DROP EVENT f", "the event f is gone")]
    [DataRow("CREATE DATABASE `{0}_n`", "the database {0}_n is there")]
    [DataRow("CREATE UNIQUE INDEX k USING BTREE ON a (id)", "the index k of a is there")]
    [DataRow("DROP INDEX `i` ON `a`", "the index i of a is gone")]
    [DataRow("ALTER TABLE a ADD COLUMN note text, DROP COLUMN old", "the column note of a is there")]
    [DataRow("ALTER TABLE a MODIFY id bigint, ADD note text AFTER id", "the column note of a is there", DisplayName = "a clause that tells behind one that does not")]
    [DataRow("ALTER TABLE a ADD (m int, n int)", "the column m of a is there")]
    [DataRow("alter online table `a` drop `old`", "the column old of a is gone")]
    [DataRow("ALTER TABLE `odd.name``s` CHANGE `a b` `c d` int", "the column a b of odd.name`s is gone")]
    [DataRow("ALTER TABLE a RENAME COLUMN other TO another", "the column other of a is gone")]
    [DataRow("ALTER TABLE a DROP INDEX i, ADD UNIQUE KEY k (id)", "the index i of a is gone")]
    [DataRow("ALTER TABLE a ADD CONSTRAINT k UNIQUE (id)", "the index k of a is there")]
    [DataRow("ALTER TABLE a ADD FULLTEXT KEY k (note), ADD note text", "the index k of a is there")]
    [DataRow("ALTER TABLE a RENAME INDEX i TO k", "the index i of a is gone")]
    [DataRow("ALTER TABLE a ADD PRIMARY KEY (id)", "the index PRIMARY of a is there")]
    [DataRow("ALTER TABLE c ADD CONSTRAINT fk2 FOREIGN KEY (id) REFERENCES b (id)", "the constraint fk2 of c is there")]
    [DataRow("ALTER TABLE a DROP CONSTRAINT positive", "the constraint positive of a is gone")]
    public async Task It_is_told_before_and_after(string statement, string evidence)
    {
        (statement, evidence) = (string.Format(CultureInfo.InvariantCulture, statement, Database.Name), string.Format(CultureInfo.InvariantCulture, evidence, Database.Name));
        await Database.ExecuteAsync(Before);
        var effect = StatementEffect.Of(statement)!;

        Assert.AreEqual(evidence, effect.Evidence);
        Assert.IsFalse(StatementEffect.IsRepeatable(statement));
        Assert.AreEqual("0", await AnswerAsync(effect));
        await Database.ExecuteAsync(statement);
        Assert.AreEqual("1", await AnswerAsync(effect));
        await Database.ExecuteAsync($"DROP DATABASE IF EXISTS `{Database.Name}_n`");
    }

    [TestMethod]
    public async Task A_name_in_ANSI_quotes_is_one()
    {
        var effect = StatementEffect.Of("CREATE TABLE \"n\" (\"id\" int)")!;
        Assert.AreEqual("0", await AnswerAsync(effect));
        await Database.ExecuteAsync("SET sql_mode = 'ANSI_QUOTES'; CREATE TABLE \"n\" (\"id\" int)");
        Assert.AreEqual("1", await AnswerAsync(effect));
    }

    // Not all servers drop several tables at once: one may be gone, and the other not.
    [TestMethod]
    public async Task Of_what_is_half_done_nothing_is_said()
    {
        await Database.ExecuteAsync(Before + "; DROP TABLE a");
        Assert.AreEqual("NULL", await AnswerAsync(StatementEffect.Of("DROP TABLE a, c")!));
    }

    [TestMethod]
    [DataRow("ALTER TABLE a MODIFY old bigint NOT NULL")]
    [DataRow("ALTER TABLE a CHANGE old Old bigint, MODIFY COLUMN id bigint")]
    [DataRow("ALTER TABLE a ADD COLUMN IF NOT EXISTS note text, DROP COLUMN IF EXISTS old, ADD INDEX IF NOT EXISTS k (id)")]
    [DataRow("DROP TABLE IF EXISTS c, x")]
    [DataRow("CREATE TABLE IF NOT EXISTS n (id int)")]
    [DataRow("CREATE OR REPLACE VIEW w AS SELECT 2 AS x")]
    [DataRow("CREATE OR REPLACE DEFINER=`root`@`localhost` PROCEDURE q() SELECT 2")]
    [DataRow("CREATE OR REPLACE INDEX i ON a (id)")]
    [DataRow("DROP PROCEDURE IF EXISTS q; CREATE PROCEDURE q() BEGIN SELECT 2; END", DisplayName = "a procedure that replaces one")]
    [DataRow("RENAME TABLE IF EXISTS b TO n")]
    [DataRow("TRUNCATE TABLE a")]
    [DataRow("ANALYZE TABLE a")]
    [DataRow("GRANT SELECT ON *.* TO CURRENT_USER")]
    [DataRow("CREATE ROLE IF NOT EXISTS migrationtasks_none; DROP ROLE IF EXISTS migrationtasks_none", DisplayName = "a role")]
    public async Task What_may_be_run_twice_is_not_asked_for(string statement)
    {
        await Database.ExecuteAsync(Before);
        Assert.IsTrue(StatementEffect.IsRepeatable(statement));
        await Database.ExecuteAsync(statement);
        await Database.ExecuteAsync(statement);
    }

    private async Task<string> AnswerAsync(StatementEffect effect) => string.Join(',', await Database.RowsAsync(effect.Query));
}

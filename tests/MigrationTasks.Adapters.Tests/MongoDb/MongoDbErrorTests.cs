using System.Net;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.MongoDb;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What the driver throws, and what a user is told.</summary>
[TestClass]
public sealed class MongoDbErrorTests
{
    private static readonly SourceLocation Place = new("/p/001_a.json", 3, 5);

    [TestMethod]
    [DataRow(48, "NamespaceExists", "Collection app.a already exists.", "MIG4005", "Collection app.a already exists. (NamespaceExists 48)")]
    [DataRow(13, "Unauthorized", "not authorized on app to execute command", "MIG4005", "not authorized")]
    [DataRow(59, "CommandNotFound", "no such command: 'nope'", "MIG4005", "no such command")]
    [DataRow(50, "MaxTimeMSExpired", "operation exceeded time limit", "MIG4012", "The command ran longer than")]
    [DataRow(257, "TransactionTooLarge", "Total size of all transaction operations must be less than", "MIG4022", "\"transaction\": \"none\"")]
    [DataRow(290, "TransactionExceededLifetimeLimitSeconds", "Transaction was aborted", "MIG4022", "Split the migration")]
    [DataRow(14031, "OutOfDiskSpace", "available disk space of 1 bytes is less than required minimum", "MIG4011", "disk")]
    [DataRow(11600, "InterruptedAtShutdown", "interrupted at shutdown", "MIG4006", "broke")]
    public void What_the_server_says_of_a_command_is_at_its_place(int code, string name, string message, string expected, string says)
    {
        var reply = new BsonDocument { { "ok", 0 }, { "code", code }, { "codeName", name }, { "errmsg", message } };
        var exception = new MongoCommandException(new ConnectionId(new ServerId(new ClusterId(), new DnsEndPoint("h", 1))), "Command failed: stack and all", new BsonDocument("create", "a"), reply);

        var problem = MongoDbErrors.ForCommand(exception, Config(), Place, "What becomes of it.").Diagnostics.Single();

        Assert.AreEqual((expected, Place), (problem.Code, problem.Location));
        Assert.Contains(says, problem.Message);
        Assert.DoesNotContain("stack", problem.Message);
    }

    [TestMethod]
    public void A_write_that_failed_in_a_reply_is_at_its_command()
    {
        var problem = MongoDbErrors.ForCommand(new CommandFailure("E11000 duplicate key (code 11000)", 11000, isPartlyDone: false), Config(), Place, "It was rolled back.").Diagnostics.Single();

        Assert.AreEqual(("MIG4005", Place), (problem.Code, problem.Location));
        Assert.Contains("E11000 duplicate key (code 11000). It was rolled back.", problem.Message);
    }

    [TestMethod]
    public void That_no_server_answers_any_more_is_a_broken_connection()
    {
        var problem = MongoDbErrors.ForOwn(new TimeoutException("A timeout occurred after 30000ms selecting a server using … Client view of cluster state is {…}\n   at Somewhere()"), Config(), "reading the history").Diagnostics.Single();

        Assert.AreEqual("MIG4006", problem.Code);
        Assert.DoesNotContain("Client view", problem.Message);
    }

    [TestMethod]
    public void What_the_server_refuses_to_the_run_itself_is_told_with_what_was_done_and_which_role_it_takes() =>
        Assert.Contains(
            "refused reading the history: not authorized on app. Has the user the role readWrite there?",
            MongoDbErrors.ForOwn(new MongoException("not authorized on app"), Config(), "reading the history").Message);

    [TestMethod]
    public void What_too_few_members_confirmed_is_told_in_the_words_of_the_server()
    {
        var problem = MongoDbErrors.ForCommand(Unconfirmed("waiting for replication timed out", 64), Config(), Place, "What becomes of it.").Diagnostics.Single();

        Assert.AreEqual(("MIG4005", Place), (problem.Code, problem.Location));
        Assert.Contains("It is done, but not confirmed: waiting for replication timed out (code 64). What becomes of it.", problem.Message);
    }

    [TestMethod]
    public void A_server_that_stepped_down_before_a_command_was_confirmed_is_a_broken_connection() =>
        Assert.AreEqual("MIG4006", MongoDbErrors.ForCommand(Unconfirmed("primary stepped down", 189), Config(), Place, "").Code);

    [TestMethod]
    public void A_commit_that_too_few_members_confirmed_is_no_broken_connection()
    {
        var problem = MongoDbErrors.ForCommand(new UncertainCommit("It is done.", Unconfirmed("waiting for replication timed out", 64)), Config(), Place, "").Diagnostics.Single();

        Assert.AreEqual("MIG4033", problem.Code);
        Assert.Contains("committed the last transaction, but too few members", problem.Message);
    }

    [TestMethod]
    public void A_commit_of_a_server_that_stepped_down_is_not_known() =>
        Assert.AreEqual("MIG4006", MongoDbErrors.ForCommand(new UncertainCommit("Gone.", Unconfirmed("primary stepped down", 189)), Config(), Place, "").Code);

    [TestMethod]
    public void A_command_that_ran_into_its_own_limit_is_told_of_that_one()
    {
        var message = MongoDbErrors.ForCommand(TimedOut(), Config(), Place, "It was rolled back.", TimeSpan.FromMilliseconds(300)).Message;

        Assert.Contains("The command ran longer than 0.3 s and was stopped. It was rolled back. Its own maxTimeMS says so: raise it there, or remove it.", message);
        Assert.DoesNotContain("MigrateCommandTimeout", message);
    }

    [TestMethod]
    public void A_limit_of_the_server_is_told_as_the_servers() =>
        Assert.Contains("The command ran longer than the server allows and was stopped. It was rolled back. Allow more with -p:MigrateCommandTimeout", MongoDbErrors.ForCommand(TimedOut(), Config(), Place, "It was rolled back.").Message);

    private static MongoExecutionTimeoutException TimedOut() => new(new ConnectionId(new ServerId(new ClusterId(), new DnsEndPoint("h", 1))), "operation exceeded time limit");

    /// <summary>What the driver throws for a command that is done, but not confirmed by enough members.</summary>
    internal static MongoWriteConcernException Unconfirmed(string message, int code) => new(
        new ConnectionId(new ServerId(new ClusterId(), new DnsEndPoint("h", 1))),
        "Command failed",
        new WriteConcernResult(new BsonDocument { { "ok", 1 }, { "writeConcernError", new BsonDocument { { "code", code }, { "errmsg", message } } } }));

    private static MongoDbConfig Config() => (MongoDbConfig)new MongoDbDefinition().Configure("mongodb://localhost/app", new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "MONGODB_URL" });
}

using System.Globalization;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>What stands around the migrations of a script for mongosh: the run lock, and the words that the script is written in.</summary>
internal static class MongoShellFrame
{
    /// <summary>What comes before the migrations.</summary>
    /// <param name="config">The database.</param>
    /// <param name="hasTransactions">Whether the server has transactions.</param>
    public static string Opening(MongoDbConfig config, bool hasTransactions) => $$"""
        {
        if (isInteractive()) {
            throw new Error("Run this script with mongosh --file: a shell that is interrupted and stays would renew the run lock for as long as it is open.");
        }

        const database = {{MongoShell.Text(config.Database)}};
        const hello = db.getSiblingDB(database).runCommand({ hello: 1 });
        if (("setName" in hello || hello.msg === "isdbgrid") !== {{(hasTransactions ? "true" : "false")}}) {
            throw new Error("This script was written for a server {{(hasTransactions ? "with" : "without")}} transactions, and this one is another. Run -t:MigrateDryRun for it.");
        }

        const session = db.getMongo().startSession();
        const history = session.getDatabase(database).getCollection({{MongoShell.Text(config.History)}});
        const locks = db.getSiblingDB(database).getCollection({{MongoShell.Text(config.Locks)}});
        const owner = new ObjectId().toHexString();
        const majority = { writeConcern: { w: "majority" } };
        let isTransaction = false;

        // Extended JSON with the types that it names.
        const read = text => inOrder(EJSON.parse(text, { relaxed: false }));
        const inOrder = value => Array.isArray(value) ? value.map(inOrder)
            : Object.prototype.toString.call(value) !== "[object Object]" || value._bsontype ? value
            : "{{MongoShell.InOrder}}" in value ? new Map(value.{{MongoShell.InOrder}}.map(([name, field]) => [name, inOrder(field)]))
            : Object.fromEntries(Object.entries(value).map(([name, field]) => [name, inOrder(field)]));

        // What fails here does no harm: the server does it by itself, later.
        const attempt = work => { try { work(); } catch { } };

        // A command of a migration. The server says of a write that failed in a reply that otherwise is a success.
        const run = (name, text) => {
            const reply = session.getDatabase(name).runCommand(read(text));
            const error = reply.writeErrors?.[0] ?? reply.writeConcernError;
            if (error) {
                // What stands, confirmed by enough members or not, or stands in part, has not failed: it has no code.
                const stands = !isTransaction && (!reply.writeErrors?.length || reply.n > 0 || reply.nModified > 0 || reply.upserted?.length > 0);
                throw Object.assign(new Error(`${error.errmsg} (code ${error.code})`), stands ? {} : { code: error.code });
            }
        };

        // Changes of the history, in the transaction that is open or, as in a run, by a majority.
        const stale = "The history is not as it was when this script was written. Run -t:MigrateDryRun again.";
        const lost = "Another run has taken the run lock or what this script has in work.";
        const concern = () => isTransaction ? {} : majority;
        const since = time => Long.fromNumber(Date.now() - time.getTime());
        const insert = row => history.insertOne(row, concern());
        const remove = row => {
            if (history.deleteOne(row, concern()).deletedCount === 0) {
                throw new Error(stale);
            }
        };
        const update = (row, values, otherwise) => {
            if (history.updateOne(row, { $set: values }, concern()).matchedCount === 0) {
                throw new Error(otherwise);
            }
        };

        // The run lock is this script's as long as it renews it.
        const mine = { ...read({{MongoShell.Literal(MongoDbLease.ByKey)}}), owner };
        const keep = () => {
            if (locks.findOneAndUpdate(mine, [read({{MongoShell.Literal(MongoDbLease.Renewing)}})], majority) === null) {
                throw new Error(lost);
            }
        };
        const take = () => {
            const taking = read({{MongoShell.Literal(MongoDbLease.Taking("", "mongosh, a script of -t:MigrateDryRun", BsonNull.Value))}});
            Object.assign(taking.$replaceWith.$cond[1], { owner, session: { $literal: session.id } });
            const startedAt = Date.now();
            for (;;) {
                let current = { holder: "one that has just begun" };
                try {
                    current = locks.findOneAndUpdate(read({{MongoShell.Literal(MongoDbLease.ByKey)}}), [taking], { upsert: true, returnDocument: "after", ...majority });
                } catch (error) {
                    if (error.code !== {{Number(MongoDbLease.DuplicateKey)}}) {
                        throw error;
                    }
                }
                if (current.owner === owner) {
                    if (current.expired_session) {
                        attempt(() => db.getSiblingDB("admin").runCommand({ killSessions: [current.expired_session] }));
                    }
                    return;
                }
                if (Date.now() - startedAt >= {{Number((long)config.Settings.LockTimeout.TotalMilliseconds)}}) {
                    throw new Error(`Another run is migrating this database: ${current.holder}.`);
                }
                sleep(250);
            }
        };

        // All of it, or nothing.
        const transact = work => {
            keep();
            session.startTransaction({ readConcern: { level: "local" }, writeConcern: { w: "majority" }, readPreference: "primary" });
            try {
                isTransaction = true;
                work(new Date());
            } catch (error) {
                attempt(() => session.abortTransaction());
                throw error;
            } finally {
                isTransaction = false;
            }
            session.commitTransaction();
        };

        // Command by command: its row says how many stand. What the server did not answer to may stand or not, and what too few members
        // confirmed stands: both go on being said to run.
        const refuses = error => typeof error.code === "number" && error.name !== "MongoWriteConcernError" && ![{{string.Join(", ", MongoDbErrors.Interrupted.Select(code => Number(code)))}}].includes(error.code);
        const journal = (name, work) => {
            try {
                work(new Date(), { migration_name: name, owner });
            } catch (error) {
                if (refuses(error)) {
                    attempt(() => update({ migration_name: name, owner }, read({{MongoShell.Literal(HistoryDocument.End(Engine.History.HistoryStatus.Failed))}}), lost));
                }
                throw error;
            }
        };

        take();
        const renewing = setInterval(() => attempt(keep), 5000);
        try {
        """;

    /// <summary>What comes behind them.</summary>
    public const string Closing = """

        } finally {
            clearInterval(renewing);
            attempt(() => locks.deleteOne(mine, majority));
            session.endSession();
        }
        }
        """;

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}

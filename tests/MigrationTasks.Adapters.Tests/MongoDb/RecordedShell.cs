using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.TestServers;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>
/// Runs a script for mongosh where there is no server: its <c>db</c> writes down what it is asked for, in the lines of <see cref="RecordedDriver"/>, and
/// answers as it is told. What Extended JSON means is what the shell's own package makes of it; a line holds the bytes that a server would get.
/// </summary>
internal static class RecordedShell
{
    private const string Database = """
        const { BSON, EJSON, Long, ObjectId } = require("bson");
        let isInteractive = () => false;
        const recorded = answers => {
            let isOpen = false;
            const ask = (isOfSession, what, values, usual) => {
                const caller = !isOfSession ? "->" : isOpen ? "t>" : "s>";
                console.log(`${caller} ${what}|${Buffer.from(BSON.serialize({ values })).toString("hex")}`);
                const told = answers.findIndex(([line]) => `${what} ${EJSON.stringify(values)}`.includes(line));
                const [[, answer]] = told < 0 ? [["", usual]] : answers.splice(told, 1);
                if (answer?.errmsg) {
                    throw Object.assign(new Error(answer.errmsg), { code: answer.code, name: answer.name ?? "MongoServerError" });
                }
                return answer;
            };
            const database = (name, isOfSession) => ({
                runCommand: command => ask(isOfSession, `run on ${name}:`, [command], { ok: 1 }),
                createCollection: collection => ask(isOfSession, `${name}.createCollection ${collection}`, []),
                getCollection: collection => ({
                    insertOne: row => ask(isOfSession, `${collection}.insert`, [row]),
                    updateOne: (row, values) => ask(isOfSession, `${collection}.update`, [row, values], { matchedCount: 1 }),
                    deleteOne: row => ask(isOfSession, `${collection}.delete`, [row], { deletedCount: 1 }),
                    findOneAndUpdate: (row, values) => ask(isOfSession, `${collection}.findAndModify`, [row, values], { owner: row.owner ?? values[0].$replaceWith.$cond[1].owner }),
                }),
            });
            const end = how => {
                isOpen = false;
                ask(true, how, []);
            };
            const session = {
                id: { id: "<session>" },
                getDatabase: name => database(name, true),
                startTransaction: () => {
                    ask(true, "begin", []);
                    isOpen = true;
                },
                commitTransaction: () => end("commit"),
                abortTransaction: () => end("abort"),
                endSession: () => {},
            };
            return { getSiblingDB: name => database(name, false), getMongo: () => ({ startSession: () => session }) };
        };
        """;

    /// <summary>Runs a script.</summary>
    /// <param name="script">Its text.</param>
    /// <param name="answers">An array of pairs: a text, and what the next line that holds it is answered with; an <c>errmsg</c> is thrown.</param>
    /// <returns>What it asked for, the documents of that, what else it wrote, and how it ended.</returns>
    public static async Task<(IReadOnlyList<string> Lines, IReadOnlyList<BsonValue> Sent, string Output, bool Succeeded)> RunAsync(string script, string answers = "[]")
    {
        var packages = await Require.ServerAsync(Servers.NodePackagesAsync);
        var (exitCode, output) = packages.Evaluate($"{Database}\n(function (db) {{\n{script}\n}})(recorded({answers}));\n");
        var lines = output.Split('\n').ToLookup(line => line.StartsWith("-> ", StringComparison.Ordinal) || line.StartsWith("s> ", StringComparison.Ordinal) || line.StartsWith("t> ", StringComparison.Ordinal));
        return ([.. lines[true].Select(Read)], [.. lines[true].SelectMany(ValuesOf)], string.Join('\n', lines[false]), exitCode == 0);
    }

    private static string Read(string line) => MongoDbScenario.Normalize($"{line.Split('|')[0]} {string.Join(", ", ValuesOf(line).Select(MongoDbScenario.Text))}".TrimEnd());

    private static BsonArray ValuesOf(string line) => BsonSerializer.Deserialize<BsonDocument>(Convert.FromHexString(line.Split('|')[1].Trim()))["values"].AsBsonArray;
}

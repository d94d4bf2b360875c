using System.Net;
using System.Text.RegularExpressions;
using MongoDB.Bson;
using MongoDB.Bson.IO;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>What one run asks of the driver, line by line, and the answers that it gets: those that are usual, unless something else is told.</summary>
internal sealed partial class MongoDbScenario
{
    /// <summary>The server's connection, for what it refuses.</summary>
    public static readonly ConnectionId Connection = new(new ServerId(new ClusterId(), new DnsEndPoint("localhost", 27017)));

    private static readonly JsonWriterSettings Shell = new() { OutputMode = JsonOutputMode.Shell };

    private readonly List<string> _lines = [];
    private readonly List<(string Line, Func<CancellationToken, Task<BsonDocument>> Answer)> _answers = [];
    private readonly Queue<IReadOnlyList<BsonDocument>> _histories = new();

    /// <summary>Whether the server says that it is of a replica set.</summary>
    public bool HasTransactions { get; init; } = true;

    /// <summary>Whether there is a collection for the history.</summary>
    public bool HasHistory { get; set; }

    /// <summary>What was asked for.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    /// <summary>The answers that nothing was asked for.</summary>
    public IEnumerable<string> Untold => _answers.Select(answer => answer.Line);

    /// <summary>What the history holds when it is read next, each time; the last holds on.</summary>
    public void Finds(params IReadOnlyList<BsonDocument> history)
    {
        HasHistory = true;
        _histories.Enqueue(history);
    }

    /// <summary>Answers the next line that holds a text with a reply.</summary>
    public void Answers(string line, BsonDocument reply) => _answers.Add((line, _ => Task.FromResult(reply)));

    /// <summary>Answers the next line that holds a text with an error of the server.</summary>
    public void Refuses(string line, int code, string message, params IReadOnlyList<string> labels)
    {
        var exception = new MongoCommandException(Connection, message, [], new BsonDocument { { "ok", 0 }, { "code", code }, { "errmsg", message } });
        foreach (var label in labels)
        {
            exception.AddErrorLabel(label);
        }

        Fails(line, exception);
    }

    /// <summary>Answers the next line that holds a text with an error of the driver.</summary>
    public void Fails(string line, Exception exception) => _answers.Add((line, _ => Task.FromException<BsonDocument>(exception)));

    /// <summary>Lets something else happen before the next line that holds a text is answered.</summary>
    public void Meanwhile(string line, Action happens)
    {
        _answers.Add((line, AnswerAsync));

        Task<BsonDocument> AnswerAsync(CancellationToken cancellation)
        {
            happens();
            return Task.FromResult(new BsonDocument());
        }
    }

    /// <summary>Does not answer the next line that holds a text.</summary>
    /// <returns>Ends when it is asked.</returns>
    public Task Hangs(string line)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers.Add((line, HangAsync));
        return asked.Task;

        async Task<BsonDocument> HangAsync(CancellationToken cancellation)
        {
            asked.SetResult();
            await Task.Delay(Timeout.Infinite, cancellation);
            return [];
        }
    }

    /// <summary>The history that is read next.</summary>
    public IReadOnlyList<BsonDocument> NextHistory() => _histories.Count switch { 0 => [], 1 => _histories.Peek(), _ => _histories.Dequeue() };

    /// <summary>Writes down what is asked.</summary>
    /// <param name="line">The question.</param>
    /// <param name="usual">Its answer, unless another is told.</param>
    /// <param name="cancellation">Of the question.</param>
    public Task<BsonDocument> AskAsync(string line, BsonDocument usual, CancellationToken cancellation = default)
    {
        if (cancellation.IsCancellationRequested)
        {
            return Task.FromCanceled<BsonDocument>(cancellation);
        }

        lock (_lines)
        {
            _lines.Add(Normalize(line));
        }

        var told = _answers.FindIndex(answer => line.Contains(answer.Line, StringComparison.Ordinal));
        if (told < 0)
        {
            return Task.FromResult(usual);
        }

        var answer = _answers[told].Answer;
        _answers.RemoveAt(told);
        return answer(cancellation);
    }

    /// <summary>A value as the shell would write it, which tells the types of numbers.</summary>
    public static string Text(BsonValue value) => value.ToJson(Shell);

    /// <summary>A line without what differs from run to run.</summary>
    public static string Normalize(string line)
    {
        line = Take().Replace(line, "<take it unless it is another's>");
        line = Tools().Replace(line, "$1<any of other tools' collections>]");
        line = Owner().Replace(line, "$1<owner>\"");
        line = Checksum().Replace(line, "sha256:<checksum>");
        line = Time().Replace(line, "<time>");
        return Duration().Replace(line, "$1<ms>)");
    }

    [GeneratedRegex("(\"\\$in\" : \\[)/\\^[^\\]]*\\]")]
    private static partial Regex Tools();

    [GeneratedRegex("(\"owner\" : \")[0-9a-f]{24,32}\"")]
    private static partial Regex Owner();

    [GeneratedRegex("\\[{ \"\\$replaceWith\".*")]
    private static partial Regex Take();

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Checksum();

    [GeneratedRegex("ISODate\\(\"[^\"]*\"\\)")]
    private static partial Regex Time();

    [GeneratedRegex("(\"execution_ms\" : NumberLong\\()\\d+\\)")]
    private static partial Regex Duration();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Commands that travel together, in one text: the server runs one after the other, and stops at the first that fails. Each is
/// followed by a query of ours, whose result tells that the command was done; so it is known which one failed.
/// </summary>
internal sealed partial class CommandBatch(MySqlConnection connection, TimeSpan timeout, Action<Command, IReadOnlyList<ServerMessage>> done)
{
    private const int WarningColumns = 3;
    private const string Behind = ";\nSHOW WARNINGS;\n";

    // A statement of about this length travels without any text of ours, by which it could become too long for the server.
    private const int LongStatement = 256 * 1024;

    private readonly StringBuilder _text = new();
    private readonly List<(string Text, ScriptStatement? Alone)> _pieces = [];
    private readonly List<Command> _commands = [];
    private Command? _unmarked;

    // No query of a script has a column of this name.
    private readonly string _marker = $"migration_tasks_{Guid.NewGuid():N}";
    private readonly List<ServerMessage> _messages = [];

    /// <summary>How many characters it has.</summary>
    public int Length => _text.Length + _pieces.Sum(piece => piece.Text.Length);

    /// <summary>How many of its commands are done.</summary>
    public int Done { get; private set; }

    /// <summary>The command that was not done; <see langword="null"/> when all are.</summary>
    public Command? Current => Done < _commands.Count ? _commands[Done] : null;

    /// <summary>Adds a command. What the server has to say to a statement of a script is told.</summary>
    public void Add(Command command)
    {
        if (command is { Purpose: CommandPurpose.Statement, Statement: { } statement })
        {
            Add(statement);
            Mark(command);
            return;
        }

        // What only frames the next one counts with it.
        _text.Append(command.Text).Append(";\n");
        if (command is { Purpose: CommandPurpose.Frame, Mark: null, IsPreparation: false, EndsStep: false })
        {
            _unmarked = command;
        }
        else
        {
            Mark(command);
        }
    }

    private void Add(ScriptStatement statement)
    {
        if (StatementText.TravelsAlone(statement) || statement.Text.Length > LongStatement)
        {
            CutOff();
            _pieces.Add((statement.Text, statement));
            _text.Append(Behind, 2, Behind.Length - 2);
        }
        else
        {
            _text.Append(statement.Text).Append(Behind);
        }

        if (StatementText.CorrectionOf(statement) is { } correction)
        {
            _text.Append(correction).Append(";\n");
        }
    }

    /// <summary>Runs the commands.</summary>
    /// <exception cref="CommandException">The server refused one of them; those before it are done, and none behind it.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (_unmarked is { } last)
        {
            Mark(last);
        }

        CutOff();
        foreach (var (text, alone) in _pieces)
        {
            await (alone is null ? RunAsync(text, cancellation) : RunAloneAsync(alone, cancellation)).ConfigureAwait(false);
        }
    }

    private async Task RunAloneAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        if (statement.Text.Length > LongStatement)
        {
            await CheckLengthAsync(statement, cancellation).ConfigureAwait(false);
        }

        try
        {
            await RunAsync(statement.Text, cancellation).ConfigureAwait(false);
        }
        catch (CommandException failure) when (failure.Cause is MySqlException { ErrorCode: MySqlErrorCode.EmptyQuery } && StatementText.IsForSomeServers(statement.Text))
        {
            // For another server: the client passes over it, too.
        }
        catch (MySqlException exception) when (exception.SqlState is null && exception.InnerException is not (null or EndOfStreamException) && Current is { } current)
        {
            // The driver could not read the file, and told the server that it was empty.
            throw new CommandException(current, exception);
        }
    }

    // The server hangs up on what is too long, in the middle of it.
    private async Task CheckLengthAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        var limit = Convert.ToInt64(await MySqlRows.ValueAsync(connection, "SELECT @@max_allowed_packet", cancellation).ConfigureAwait(false), CultureInfo.InvariantCulture);
        var length = Encoding.UTF8.GetByteCount(statement.Text) + 1L;
        if (length >= limit && Current is { } current)
        {
            throw Errors.StatementTooLong(current.Unit.Script.Locate(statement.LocationOf(current.Unit.Script.Location.File, 1)), length, limit, "max_allowed_packet");
        }
    }

    private void CutOff()
    {
        if (_text.Length > 0)
        {
            _pieces.Add((_text.ToString(), null));
            _text.Clear();
        }
    }

    private async Task RunAsync(string text, CancellationToken cancellation)
    {
        var command = new MySqlCommand(text, connection) { CommandTimeout = SecondsOf(timeout) };
        await using var disposal = command.ConfigureAwait(false);
        try
        {
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using var readerDisposal = reader.ConfigureAwait(false);
            do
            {
                await ReadAsync(reader, cancellation).ConfigureAwait(false);
            }
            while (await reader.NextResultAsync(cancellation).ConfigureAwait(false));
        }
        catch (Exception exception) when ((exception is OperationCanceledException || (exception is MySqlException && !ServerErrors.IsConnectionLoss(exception))) && Current is { } current)
        {
            throw new CommandException(current, exception);
        }
    }

    /// <summary>What the server says of a statement, without what comes behind it in the text: it quotes up to 80 characters from where it stopped.</summary>
    public static string WithoutWhatFollows(string message)
    {
        // In any language the quote is the last one, with the line behind it. Where it is cut, some say so with dots.
        var end = EndOfQuote().Match(message) is { Success: true } quote ? quote.Index : -1;
        for (var start = end < 0 ? -1 : message.IndexOf(";\n", StringComparison.Ordinal); start >= 0 && start < end; start = message.IndexOf(";\n", start + 1, StringComparison.Ordinal))
        {
            var behind = message.AsSpan(start, end - start);
            behind = behind.EndsWith("...", StringComparison.Ordinal) ? behind[..^3] : behind;
            if (behind.StartsWith(Behind, StringComparison.Ordinal) || Behind.StartsWith(behind, StringComparison.Ordinal))
            {
                return string.Concat(message.AsSpan(0, start), message.AsSpan(end));
            }
        }

        return message;
    }

    [GeneratedRegex(@"'[^'0-9]*[0-9]+[^']*$")]
    private static partial Regex EndOfQuote();

    /// <summary>A limit as the driver takes it: whole seconds, and 0 for none.</summary>
    public static int SecondsOf(TimeSpan limit) => (int)Math.Min(Math.Ceiling(limit.TotalSeconds), int.MaxValue / 1000);

    private void Mark(Command command)
    {
        _unmarked = null;
        _commands.Add(command);
        _text.Append("SELECT 0 AS ").Append(_marker).Append(";\n");
    }

    private async Task ReadAsync(MySqlDataReader reader, CancellationToken cancellation)
    {
        if (reader.FieldCount == 1 && reader.GetName(0) == _marker)
        {
            done(_commands[Done++], [.. _messages]);
            _messages.Clear();
            return;
        }

        // Only the result right before the marker is that of SHOW WARNINGS.
        _messages.Clear();
        if (reader.FieldCount == WarningColumns && reader.GetName(0) == "Level" && reader.GetName(1) == "Code" && reader.GetName(2) == "Message")
        {
            while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
            {
                _messages.Add(new ServerMessage(reader.GetString(0), Convert.ToInt32(reader.GetValue(1), CultureInfo.InvariantCulture), reader.GetString(2)));
            }
        }
    }
}

/// <summary>Something that the server has to say to a statement.</summary>
/// <param name="Level"><c>Note</c>, <c>Warning</c> or <c>Error</c>.</param>
/// <param name="Code">Its number.</param>
/// <param name="Text">What it says.</param>
internal sealed record ServerMessage(string Level, int Code, string Text)
{
    public override string ToString() => $"{Text.TrimEnd('.')} (error {Code}).";
}

using System.Text;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Streams the rows of a <c>COPY … FROM STDIN</c> from its script to the server.</summary>
/// <param name="connection">The connection that the statement runs on.</param>
/// <param name="connect">Opens another one, to stop it from there.</param>
internal sealed class CopyImport(NpgsqlConnection connection, Func<CancellationToken, Task<NpgsqlConnection>> connect)
{
    private const int CharactersAtOnce = 16 * 1024;

    /// <summary>Runs a statement with all of its rows.</summary>
    /// <param name="statement">The statement, whose rows nobody has read yet.</param>
    /// <param name="cancellation">Stops it on the server.</param>
    /// <exception cref="PostgresException">The server refuses the statement or a row; <see cref="CopyStop.PositionOf"/> tells where.</exception>
    public async Task RunAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var stop = new CopyStop(connect, cancellation);
        try
        {
            await using (stop.ConfigureAwait(false))
            {
                var writer = await connection.BeginTextImportAsync(stop.Mark(ClientEncoding.Keep(statement)), stop.HangUp).ConfigureAwait(false);
                await SendAsync(writer, statement.Rows!, stop.HangUp, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (cancellation.IsCancellationRequested && IsStopped(exception))
        {
            throw new OperationCanceledException(exception.Message, exception, cancellation);
        }
    }

    // On the server, between two rows, or by hanging up.
    private static bool IsStopped(Exception exception) => exception switch
    {
        PostgresException server => server.SqlState == PostgresErrorCodes.QueryCanceled || ServerErrors.IsConnectionLoss(server),
        _ => exception is OperationCanceledException or NpgsqlException or IOException,
    };

    private static async Task SendAsync(NpgsqlCopyTextWriter writer, CopyRows rows, CancellationToken hangUp, CancellationToken cancellation)
    {
        try
        {
            // Past the writer's own buffer, which is small.
            var stream = writer.BaseStream;
            var encoder = Encoding.UTF8.GetEncoder();
            var bytes = new byte[Encoding.UTF8.GetMaxByteCount(CharactersAtOnce)];
            for (var rest = rows.Read(); !rest.IsEmpty; rest = rows.Read())
            {
                for (; !rest.IsEmpty; rest = rest[Math.Min(rest.Length, CharactersAtOnce)..])
                {
                    cancellation.ThrowIfCancellationRequested();
                    var characters = rest[..Math.Min(rest.Length, CharactersAtOnce)];
                    var length = encoder.GetBytes(characters.Span, bytes, flush: false);
                    await stream.WriteAsync(bytes.AsMemory(0, length), hangUp).ConfigureAwait(false);
                }
            }
        }
        catch
        {
            await AbandonAsync(writer).ConfigureAwait(false);
            throw;
        }

        // What the server has against a row comes up here.
        await writer.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task AbandonAsync(NpgsqlCopyTextWriter writer)
    {
        try
        {
            await writer.CancelAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // What stopped the rows is the reason; this follows from it.
        }
    }
}

using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Commands.Schema;

/// <summary>Writes the lock file of a folder: the schema that its migrations make.</summary>
internal sealed class SchemaKeeper(ShadowContext context)
{
    private static readonly UTF8Encoding Encoding = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Writes it, when it is not up to date.</summary>
    public async Task<SchemaReport> RunAsync(CancellationToken cancellation)
    {
        var recorder = new RunRecorder(new QuietObserver(context.Server.Observer), context.Server.Time);
        await using var disposal = recorder.ConfigureAwait(false);
        return await context.Server.RunAsync<SchemaReport>(
            report => context.ReplayAsync(context.Server.ReadFolder(cancellation), recorder, (_, replayed) =>
            {
                // Of a part of the migrations there is no schema that anybody wants.
                if (recorder.Warnings.FirstOrDefault(warning => warning.Code == Errors.NotVerifiedCode) is { } incomplete)
                {
                    throw new MigrationException(incomplete with { Severity = DiagnosticSeverity.Error });
                }

                return Task.FromResult(context.Named(report) with { LockFile = context.LockFile, IsChanged = Write(replayed.Schema), Objects = replayed.Schema.Objects.Count, Warnings = [.. recorder.Warnings] });
            }, cancellation),
            cancellation).ConfigureAwait(false);
    }

    private bool Write(SchemaSnapshot schema)
    {
        using var text = new StringWriter();
        SchemaLock.Write(schema, text);
        try
        {
            var written = text.ToString();
            if (File.Exists(context.LockFile) && File.ReadAllText(context.LockFile).ReplaceLineEndings("\n") == written)
            {
                return false;
            }

            File.WriteAllText(context.LockFile, written, Encoding);
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.SchemaLockUnwritable(context.LockFile, Sentence.Of(exception.Message), exception);
        }
    }
}

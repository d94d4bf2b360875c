namespace MigrationTasks.Engine.Execution;

/// <summary>Finds what is behind a driver's exception.</summary>
internal static class Causes
{
    /// <summary>An exception and its causes, the innermost one last.</summary>
    /// <param name="exception">The exception.</param>
    public static IEnumerable<Exception> WithCauses(this Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            yield return cause;
        }
    }

    /// <summary>The first exception of a type among an exception and its causes.</summary>
    /// <param name="exception">The exception.</param>
    public static T? FindCause<T>(this Exception exception)
        where T : Exception => exception.WithCauses().OfType<T>().FirstOrDefault();
}

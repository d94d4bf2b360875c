namespace MigrationTasks.Adapters;

/// <summary>Finds what is behind a driver's exception.</summary>
internal static class Causes
{
    /// <summary>The first exception of a type among an exception and its causes.</summary>
    /// <param name="exception">The exception.</param>
    public static T? FindCause<T>(this Exception exception)
        where T : Exception
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
            {
                return found;
            }
        }

        return null;
    }
}

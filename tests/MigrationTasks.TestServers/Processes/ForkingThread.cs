using System.Collections.Concurrent;

namespace MigrationTasks.TestServers;

/// <summary>
/// A thread that lives as long as the process and does all its forking. Linux tells a child that its parent died when
/// the <em>thread</em> that forked it ends; forked by a pool thread, a server would be killed while tests still use it.
/// </summary>
internal static class ForkingThread
{
    private static readonly BlockingCollection<Action> Work = [];

    static ForkingThread() =>
        new Thread(() =>
        {
            foreach (var work in Work.GetConsumingEnumerable())
            {
                work();
            }
        })
        {
            IsBackground = true,
            Name = "Forks test servers",
        }.Start();

    public static Task<T> RunAsync<T>(Func<T> work)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Work.Add(() =>
        {
            try
            {
                done.SetResult(work());
            }
            catch (Exception e)
            {
                done.SetException(e);
            }
        });
        return done.Task;
    }
}

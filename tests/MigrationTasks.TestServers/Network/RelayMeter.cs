namespace MigrationTasks.TestServers;

/// <summary>Counts the bytes that a <see cref="Relay"/> hands on in one direction, and says when to cut.</summary>
internal sealed class RelayMeter
{
    private readonly Lock _lock = new();
    private long _bytes;
    private long? _untilCut;

    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    public void Reset()
    {
        lock (_lock)
        {
            _bytes = 0;
        }
    }

    public void CutAfter(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        lock (_lock)
        {
            _untilCut = bytes;
        }
    }

    /// <summary>How many of the bytes may pass. Fewer than there are means: cut after those.</summary>
    public int Pass(int bytes)
    {
        lock (_lock)
        {
            var passing = (int)Math.Min(bytes, _untilCut ?? bytes);
            _untilCut = passing < bytes ? null : _untilCut - passing;
            _bytes += passing;
            return passing;
        }
    }
}

using System.Buffers;
using System.Security.Cryptography;

namespace MigrationTasks.Engine.Migrations;

/// <summary>
/// The checksum of a migration's content: SHA-256 over its bytes without a byte order mark and with CRLF taken as LF, so
/// that a checkout on Windows has the same one. The text starts with the algorithm: <c>sha256:9f86…</c>.
/// </summary>
internal static class MigrationChecksum
{
    private const string Prefix = "sha256:";
    private const int ChunkSize = 64 * 1024;

    internal static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <summary>Computes the checksum in one pass, and hands over how the content begins.</summary>
    /// <param name="content">The bytes as they are in the file.</param>
    /// <param name="head">The first 64 KiB at most, without the byte order mark.</param>
    public static string Compute(Stream content, out byte[] head)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            var length = content.ReadAtLeast(buffer.AsSpan(0, ChunkSize), ChunkSize, throwOnEndOfStream: false);
            var chunk = buffer.AsSpan(0, length);
            chunk = chunk.StartsWith(ByteOrderMark) ? chunk[ByteOrderMark.Length..] : chunk;
            head = chunk.ToArray();

            var endsWithReturn = false;
            while (!chunk.IsEmpty)
            {
                endsWithReturn = Append(hash, chunk, endsWithReturn);
                chunk = buffer.AsSpan(0, content.Read(buffer, 0, ChunkSize));
            }

            if (endsWithReturn)
            {
                hash.AppendData("\r"u8);
            }

            return Prefix + Convert.ToHexStringLower(hash.GetHashAndReset());
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    // Appends a chunk but a carriage return at its very end, which the next chunk decides about; returns whether there was one.
    private static bool Append(IncrementalHash hash, ReadOnlySpan<byte> chunk, bool afterReturn)
    {
        if (afterReturn && chunk[0] != '\n')
        {
            hash.AppendData("\r"u8);
        }

        int carriageReturn;
        while ((carriageReturn = chunk.IndexOf((byte)'\r')) >= 0)
        {
            if (carriageReturn == chunk.Length - 1)
            {
                hash.AppendData(chunk[..carriageReturn]);
                return true;
            }

            var isLineEnd = chunk[carriageReturn + 1] == '\n';
            hash.AppendData(chunk[..(isLineEnd ? carriageReturn : carriageReturn + 1)]);
            chunk = chunk[(carriageReturn + 1)..];
        }

        hash.AppendData(chunk);
        return false;
    }
}

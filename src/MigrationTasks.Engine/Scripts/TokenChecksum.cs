using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The checksum of what a script says, whatever its comments and its layout are: SHA-256 over the tokens of its statements.
/// Two scripts with the same one run the same statements. The text starts with the algorithm: <c>sha256:9f86…</c>.
/// </summary>
public sealed class TokenChecksum : IDisposable
{
    /// <summary>The checksum of a script without any statement.</summary>
    internal static readonly string OfNothing = TextOf(SHA256.HashData([]));

    private const string Prefix = "sha256:";
    private const int BufferSize = 8 * 1024;

    // No script holds a NUL character, so that it can stand between tokens.
    private const char End = '\0';

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    // It remembers the first half of a surrogate pair from one buffer to the next.
    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _characters = ArrayPool<char>.Shared.Rent(BufferSize);
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(BufferSize));
    private bool _isDisposed;
    private int _length;

    /// <summary>Passes statements on, and takes each into the checksum.</summary>
    /// <param name="statements">The statements of a script, in order; empty ones make no difference.</param>
    public IEnumerable<ScriptStatement> Watch(IEnumerable<ScriptStatement> statements)
    {
        ArgumentNullException.ThrowIfNull(statements);
        foreach (var statement in statements)
        {
            if (statement.Kind != StatementKind.Empty)
            {
                statement.AppendTokens(this);
                EndToken();
            }

            yield return statement;
        }
    }

    /// <summary>Takes text that counts as it is, up to the end of a token or as a part of one.</summary>
    /// <param name="text">The text.</param>
    public void Append(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (_length == BufferSize)
            {
                Flush();
            }

            var part = text[..Math.Min(text.Length, BufferSize - _length)];
            part.CopyTo(_characters.AsSpan(_length));
            _length += part.Length;
            text = text[part.Length..];
        }
    }

    /// <summary>Ends a token; an empty one ends a statement.</summary>
    public void EndToken() => Append([End]);

    /// <summary>The checksum of all that was taken in.</summary>
    public string Complete()
    {
        Flush();
        return TextOf(_hash.GetHashAndReset());
    }

    /// <summary>The checksum of what was taken in so far; more may follow.</summary>
    public string SoFar()
    {
        Flush();
        return TextOf(_hash.GetCurrentHash());
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            _hash.Dispose();
            ArrayPool<char>.Shared.Return(_characters);
            ArrayPool<byte>.Shared.Return(_bytes);
        }
    }

    private static string TextOf(byte[] hash) => Prefix + Convert.ToHexStringLower(hash);

    private void Flush()
    {
        _hash.AppendData(_bytes, 0, _encoder.GetBytes(_characters, 0, _length, _bytes, 0, flush: false));
        _length = 0;
    }
}

using System.Buffers;
using System.Text.Unicode;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Decodes UTF-8 and says at which line and column it is not: the framework's reader either replaces what it cannot
/// decode or fails without a place.
/// </summary>
internal sealed class StrictUtf8Reader : TextReader
{
    private const int BufferSize = 64 * 1024;

    // Who takes so much at once gets it without the way through a buffer.
    private const int DirectSize = 1024;

    private readonly Stream _stream;
    private readonly string? _file;
    // Shared: a thousand small files must not cost a thousand large buffers.
    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(BufferSize);
    private readonly char[] _characters = ArrayPool<char>.Shared.Rent(BufferSize);
    private int _byteCount;
    private int _next;
    private int _characterCount;
    private bool _isFinalBlock;
    private bool _isDisposed;
    private TextPosition _position = TextPosition.Start;

    /// <summary>Reads the start of a stream and steps over its byte order mark.</summary>
    /// <param name="stream">The stream; disposed with the reader.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <exception cref="MigrationException">MIG2003: the stream is UTF-16.</exception>
    public StrictUtf8Reader(Stream stream, string? file)
    {
        _stream = stream;
        _file = file;
        FillBytes();
        var start = _bytes.AsSpan(0, _byteCount);
        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            throw Errors.NotUtf8(new SourceLocation(file, 1, 1), "UTF-16");
        }

        if (start is [0xEF, 0xBB, 0xBF, ..])
        {
            DropBytes(3);
        }
    }

    /// <inheritdoc/>
    public override int Peek() => _next < _characterCount || Decode() ? _characters[_next] : -1;

    /// <inheritdoc/>
    public override int Read() => _next < _characterCount || Decode() ? _characters[_next++] : -1;

    /// <inheritdoc/>
    public override int Read(char[] buffer, int index, int count) => Read(buffer.AsSpan(index, count));

    /// <inheritdoc/>
    public override int Read(Span<char> buffer)
    {
        if (_next >= _characterCount && buffer.Length >= DirectSize)
        {
            return Decode(buffer);
        }

        if (buffer.IsEmpty || (_next >= _characterCount && !Decode()))
        {
            return 0;
        }

        var count = Math.Min(buffer.Length, _characterCount - _next);
        _characters.AsSpan(_next, count).CopyTo(buffer);
        _next += count;
        return count;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            (_next, _characterCount) = (0, 0);
            _stream.Dispose();
            ArrayPool<byte>.Shared.Return(_bytes);
            ArrayPool<char>.Shared.Return(_characters);
        }

        base.Dispose(disposing);
    }

    private bool Decode()
    {
        _next = 0;
        _characterCount = Decode(_characters);
        return _characterCount > 0;
    }

    private int Decode(Span<char> characters)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        FillBytes();
        var status = Utf8.ToUtf16(_bytes.AsSpan(0, _byteCount), characters, out var bytesRead, out var count, replaceInvalidSequences: false, _isFinalBlock);
        _position = _position.Advance(characters[..count]);
        DropBytes(bytesRead);
        return status != OperationStatus.InvalidData || count > 0 ? count : throw Errors.NotUtf8(new SourceLocation(_file, _position.Line, _position.Column));
    }

    private void FillBytes()
    {
        while (!_isFinalBlock && _byteCount < _bytes.Length)
        {
            var count = _stream.Read(_bytes, _byteCount, _bytes.Length - _byteCount);
            _byteCount += count;
            _isFinalBlock = count == 0;
        }
    }

    private void DropBytes(int count)
    {
        _bytes.AsSpan(count, _byteCount - count).CopyTo(_bytes);
        _byteCount -= count;
    }
}

using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace MigrationTasks;

/// <summary>A project's file as it is written, and changes of it that leave all else alone.</summary>
internal sealed class ProjectText
{
    private readonly string _file;
    private readonly Encoding _encoding;
    private readonly string _newLine;
    private readonly XElement _root;
    private string _text;

    /// <param name="file">The file, a full path.</param>
    /// <exception cref="XmlException">It is no XML.</exception>
    public ProjectText(string file)
    {
        using var reader = new StreamReader(file, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), detectEncodingFromByteOrderMarks: true);
        (_file, _text) = (file, reader.ReadToEnd());
        _encoding = reader.CurrentEncoding;
        _newLine = _text.Contains("\r\n", StringComparison.Ordinal) ? "\r\n" : "\n";
        _root = XDocument.Parse(_text, LoadOptions.SetLineInfo).Root!;
    }

    /// <summary>The items of a name.</summary>
    public IEnumerable<XElement> Items(string name) => _root.Descendants().Where(element => element.Name.LocalName == name && element.Parent?.Name.LocalName == "ItemGroup");

    /// <summary>Sets metadata of an item that is written as an attribute.</summary>
    /// <returns>The item as it is written then; <see langword="null"/> where the item has that metadata as an element.</returns>
    public string? SetAttribute(XElement item, string name, string value)
    {
        if (item.Elements().Any(element => element.Name.LocalName == name))
        {
            return null;
        }

        var start = PositionOf(item) - 1;
        if (item.Attribute(name) is { } attribute)
        {
            var (from, to) = ValueOf(attribute);
            _text = _text[..from] + value + _text[to..];
        }
        else
        {
            var behind = ValueOf(item.Attribute("Include")!).To + 1;
            _text = $"{_text[..behind]} {name}=\"{value}\"{_text[behind..]}";
        }

        return _text[start..(_text.IndexOf('>', start) + 1)];
    }

    /// <summary>Adds items at the end of the file.</summary>
    /// <param name="items">The items, one a line.</param>
    /// <returns>The items; <see langword="null"/> where the project has no end that something could stand before.</returns>
    public string? AddItems(string items)
    {
        var end = _text.LastIndexOf("</", StringComparison.Ordinal);
        if (end < 0 || !_text.AsSpan(end + 2).TrimStart().StartsWith(_root.Name.LocalName, StringComparison.Ordinal))
        {
            return null;
        }

        var lines = items.Split('\n').Select(item => $"    {item}").Prepend("  <ItemGroup>").Append("  </ItemGroup>");
        var before = _text[..end].TrimEnd(' ', '\t');
        _text = before + (before.EndsWith('\n') ? "" : _newLine) + (before.EndsWith(_newLine + _newLine, StringComparison.Ordinal) ? "" : _newLine) + string.Concat(lines.Select(line => line + _newLine)) + _newLine + _text[end..];
        return items;
    }

    /// <summary>Writes the file: all of it or nothing, whenever the machine stops.</summary>
    public void Save()
    {
        var other = $"{_file}.{Guid.NewGuid():N}.tmp";
        try
        {
            File.Copy(_file, other);
            File.WriteAllText(other, _text, _encoding);
            File.Move(other, _file, overwrite: true);
        }
        finally
        {
            File.Delete(other);
        }
    }

    private (int From, int To) ValueOf(XAttribute attribute)
    {
        var from = _text.IndexOfAny(['"', '\''], PositionOf(attribute)) + 1;
        return (from, _text.IndexOf(_text[from - 1], from));
    }

    private int PositionOf(IXmlLineInfo place)
    {
        var position = 0;
        for (var line = 1; line < place.LineNumber; line++)
        {
            position = _text.IndexOf('\n', position) + 1;
        }

        return position + place.LinePosition - 1;
    }
}

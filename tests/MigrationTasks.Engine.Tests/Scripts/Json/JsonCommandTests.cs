using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts.Json;

[TestClass]
public sealed class JsonCommandTests
{
    private const string File = "/p/001_a.json";

    [TestMethod]
    [DataRow("", "")]
    [DataRow(" \r\n\t", "")]
    [DataRow("[]", "")]
    [DataRow("""{"create":"a"}""", """1:1 {"create":"a"}""")]
    [DataRow("\n  {\"create\":\"a\"}\n", """2:3 {"create":"a"}""")]
    [DataRow("""[{"create":"a"}, {"drop":"b"}]""", """1:2 {"create":"a"} | 1:18 {"drop":"b"}""")]
    [DataRow("[\r\n\t{\"a\":1},\r\n\t{\"b\":{\"c\":[{\"d\":2}]}}]\r\n", """2:2 {"a":1} | 3:2 {"b":{"c":[{"d":2}]}}""")]
    [DataRow("""[{"$migration":{"description":"x"}},{"a":1}]""", """1:37 {"a":1}""")]
    [DataRow("[{\"n\":\"ünï 😀\"},{\"a\":1}]", "1:2 {\"n\":\"ünï 😀\"} | 1:16 {\"a\":1}")]
    [DataRow("[{\"n\":\"} ] \\\" {\"},\r{\"a\":1}]", "1:2 {\"n\":\"} ] \\\" {\"} | 2:1 {\"a\":1}")]
    public void Commands_come_out_with_their_places(string text, string expected) =>
        Assert.AreEqual(expected, string.Join(" | ", Read(text).Select(command => $"{command.Line}:{command.Column} {command.Text}")));

    [TestMethod]
    [DataRow("""{"a":}""", "MIG2031", 1, 6)]
    [DataRow("{\"a\": 1,\n \"b\": tru }", "MIG2031", 2, 10)]
    [DataRow("""{"a": 1, }""", "MIG2031", 1, 10)]
    [DataRow("""[{"a": 1}, ]""", "MIG2031", 1, 12)]
    [DataRow("// no\n{}", "MIG2031", 1, 1)]
    [DataRow("[ {\"a\": 1}, /* no */ {\"b\": 1} ]", "MIG2031", 1, 13)]
    [DataRow("{'a': 1}", "MIG2031", 1, 2)]
    [DataRow("{a: 1}", "MIG2031", 1, 2)]
    [DataRow("{\"😀\": \"😀\", nope: 1}", "MIG2031", 1, 12)]
    [DataRow("{\"a\": 1}\r\n\r\n  {\"b\": 1}", "MIG2031", 3, 3)]
    [DataRow("{\"a\": 1}\r {\"b\": 1}", "MIG2031", 2, 2)]
    [DataRow("[{\"a\": 1}\n", "MIG2031", 2, 1)]
    [DataRow("{\"a\": \"open", "MIG2031", 1, 12)]
    [DataRow("{\"a\": \"x\ty\"}", "MIG2031", 1, 9)]
    [DataRow("{\"a\": \"x\0\"}", "MIG2031", 1, 9)]
    [DataRow("{\"a\": \"\\ud800\"}", "MIG2031", 1, 7)]
    [DataRow("{\"a\": 1, \"b\": {\"c\": 1,\n \"c\": 2}}", "MIG2032", 2, 2)]
    [DataRow("{\"a\": 1, \"\\u0061\": 2}", "MIG2032", 1, 10)]
    [DataRow("""[{"a":1},{"$migration":{}}]""", "MIG2033", 1, 11)]
    [DataRow("""{"$migration":{},"create":"a"}""", "MIG2033", 1, 2)]
    [DataRow("""{"create":"a","$migration":{}}""", "MIG2033", 1, 15)]
    [DataRow("""[{"$migration":{},"create":"a"}]""", "MIG2033", 1, 19)]
    [DataRow("""[{"$migration":{"descripton":"a"}}]""", "MIG2033", 1, 17)]
    [DataRow("""[{"$migration":{"description":7}}]""", "MIG2033", 1, 31)]
    [DataRow("""[{"$migration":{"requires":["1",2]}}]""", "MIG2033", 1, 33)]
    [DataRow("""[{"$migration":{"rollback":"x"}}]""", "MIG2033", 1, 28)]
    [DataRow("""[{"$migration":[]}]""", "MIG2033", 1, 16)]
    [DataRow("7", "MIG2034", 1, 1)]
    [DataRow("""[{"a":1}, 7]""", "MIG2034", 1, 11)]
    [DataRow("""[[{"a":1}]]""", "MIG2034", 1, 2)]
    [DataRow("{}", "MIG2034", 1, 1)]
    [DataRow("[{\"a\":1},\n{}]", "MIG2034", 2, 1)]
    public void What_is_no_command_is_told_at_its_place(string text, string code, int line, int column)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Read(text)).Diagnostics.Single();

        Assert.AreEqual((code, new SourceLocation(File, line, column)), (problem.Code, problem.Location), problem.Message);
    }

    [TestMethod]
    public void A_document_may_be_as_deep_as_databases_take_and_not_endlessly_deep()
    {
        Assert.HasCount(1, Read(Nested(100)));

        Assert.AreEqual("MIG2031", Assert.ThrowsExactly<MigrationException>(() => Read(Nested(100_000))).Code);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(7)]
    [DataRow(100)]
    public void What_is_longer_than_a_window_comes_out_whole(int filling)
    {
        var text = "[\n" + string.Join(",\n", Enumerable.Range(0, 3_000).Select(i => $$"""  { "insert": "😀", "documents": [ { "n": {{i}}, "x": "{{new string('é', filling * 10)}}" } ] }""")) + "\n]";

        var commands = Read(text);

        Assert.HasCount(3_000, commands);
        Assert.AreSequenceEqual(text.Split('\n')[1..^1].Select(line => line.Trim().TrimEnd(',')), commands.Select(command => command.Text));
        Assert.AreSequenceEqual(Enumerable.Range(2, 3_000).Select(line => (line, 3)), commands.Select(command => (command.Line, command.Column)));
    }

    [TestMethod]
    public void An_error_behind_many_windows_is_at_its_place()
    {
        var text = "[\r\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $$"""{ "insert": "é", "documents": [ { "n": {{i}} } ] },{{"\r\n"}}""")) + "  { \"é\": oops } ]";

        var problem = Assert.ThrowsExactly<MigrationException>(() => Read(text)).Diagnostics.Single();

        Assert.AreEqual(new SourceLocation(File, 5_002, 10), problem.Location);
    }

    [TestMethod]
    public void A_placeholders_value_is_text_in_a_string_whatever_it_holds()
    {
        var commands = Read("""[{"create":"${name}"},{"b":"${NAME}","c":"${other}"}]""", ("name", "it's \"x\\y\"\n\t"));

        Assert.AreEqual("""{"create":"it's \"x\\y\"\n\t"}""", commands[0].Text);
        Assert.AreEqual("""{"b":"it's \"x\\y\"\n\t","c":"${other}"}""", commands[1].Text);
        Assert.AreEqual((1, 23), (commands[1].Line, commands[1].Column));
        Assert.AreEqual("create ${name}", commands[0].Summary);
    }

    [TestMethod]
    public void A_placeholder_outside_a_string_is_a_number_or_nothing()
    {
        Assert.AreEqual("""{"a":17}""", Read("""{"a":${n}}""", ("n", "17")).Single().Text);

        var problem = Assert.ThrowsExactly<MigrationException>(() => Read("""{"a":${n}}""", ("n", "hunter2"))).Diagnostics.Single();
        Assert.AreEqual(("MIG2031", 1, 6), (problem.Code, problem.Location.Line, problem.Location.Column));
        Assert.DoesNotContain("hunter", problem.Message);
    }

    [TestMethod]
    [DataRow("""{"a":1,"b":[1,2]}""", "{ \"a\" : 1,\r\n\t\"b\" : [ 1, 2 ] }", true)]
    [DataRow("""[{"a":1}]""", """[{"$migration":{"description":"x","transaction":"none"}},{"a":1}]""", true)]
    [DataRow("""{"a":1}""", """[{"a":1}]""", true)]
    [DataRow("""{"a":"x y"}""", """{"a":"xy"}""", false)]
    [DataRow("""{"a":"\" "}""", """{"a":"\""}""", false)]
    [DataRow("""[{"a":1},{"b":1}]""", """[{"b":1},{"a":1}]""", false)]
    public void Only_layout_and_the_header_make_no_other_script(string left, string right, bool isSame) =>
        Assert.AreEqual(isSame, ChecksumOf(left) == ChecksumOf(right));

    [TestMethod]
    [DataRow("""{"create":"users"}""", "create users")]
    [DataRow("""{"listCollections":1}""", "listCollections")]
    [DataRow("{\"a\\u0000b\":\"\\u001b[31m\"}", "a b  [31m")]
    public void A_command_is_named_by_what_it_does_and_to_what(string text, string summary) => Assert.AreEqual(summary, Read(text).Single().Summary);

    [TestMethod]
    public void A_command_tells_what_it_means_for_a_transaction() =>
        Assert.AreEqual("Ordinary, NeedsNoTransaction", string.Join(", ", Read("""[{"a":1},{"vacuum":1}]""").Select(command => command.Kind)));

    private static List<ScriptStatement> Read(string text, params (string Name, string Value)[] placeholders)
    {
        using var reader = new StringReader(text);
        var values = Placeholders.Create(placeholders.Select(placeholder => KeyValuePair.Create(placeholder.Name, placeholder.Value)));
        return [.. PlainJson.Instance.ReadStatements(reader, File, values)];
    }

    private static string ChecksumOf(string text)
    {
        using var checksum = new TokenChecksum();
        Assert.HasCount(Read(text).Count, checksum.Watch(Read(text)).ToList());
        return checksum.Complete();
    }
}

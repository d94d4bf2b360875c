using System.Text;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class ScriptFileTests
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.sql");

    [TestCleanup]
    public void Delete() => File.Delete(_path);

    [TestMethod]
    [DataRow("")]
    [DataRow("select 'é😀€';\r\n")]
    public void Utf8_reads_as_written_with_and_without_a_byte_order_mark(string text)
    {
        Assert.AreEqual(text, Read(Encoding.UTF8.GetBytes(text)));
        Assert.AreEqual(text, Read([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)]));
    }

    [TestMethod]
    public void Characters_across_the_buffers_edge_are_whole()
    {
        for (var padding = 65_530; padding < 65_540; padding++)
        {
            var text = new string('a', padding) + "😀é\r\n€" + new string('b', 70_000);
            Assert.AreEqual(text, Read(Encoding.UTF8.GetBytes(text)));
        }
    }

    [TestMethod]
    public void Characters_can_be_read_one_by_one()
    {
        File.WriteAllText(_path, "aé😀");
        using var reader = ScriptFile.Open(_path);
        Assert.AreEqual('a', (char)reader.Peek());
        Assert.AreEqual("aé😀", string.Concat(Enumerable.Range(0, 4).Select(_ => (char)reader.Read())));
        Assert.AreEqual(-1, reader.Peek());
        Assert.AreEqual(-1, reader.Read());
    }

    [TestMethod]
    [DataRow(new byte[] { 0xFF }, "(1,1)")]
    [DataRow(new byte[] { (byte)'a', (byte)'\r', (byte)'\n', 0xC3, 0xA9, 0xF0, 0x9F, 0x98, 0x80, 0xE9, (byte)' ' }, "(2,3)")]
    [DataRow(new byte[] { (byte)'a', 0xE2, 0x82 }, "(1,2)")]
    [DataRow(new byte[] { 0xED, 0xA0, 0x80 }, "(1,1)")]
    public void Bytes_that_are_not_UTF_8_are_reported_where_they_stand(byte[] bytes, string place) =>
        Assert.AreEqual($"MIG2003 {_path}{place}", ScriptText.Problem(() => Read(bytes)));

    [TestMethod]
    public void What_comes_before_such_bytes_can_be_read()
    {
        File.WriteAllBytes(_path, [(byte)'a', 0xFF]);
        using var reader = ScriptFile.Open(_path);
        Assert.AreEqual('a', (char)reader.Read());
        Assert.AreEqual($"MIG2003 {_path}(1,2)", ScriptText.Problem(() => reader.Read()));
    }

    [TestMethod]
    public void The_place_is_right_far_into_a_file()
    {
        var lines = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("select 1;\r\n", 20_000)));
        Assert.AreEqual($"MIG2003 {_path}(20001,3)", ScriptText.Problem(() => Read([.. lines, (byte)'a', (byte)'b', 0x80])));
    }

    [TestMethod]
    [DataRow(new byte[] { 0xFF, 0xFE, (byte)'a', 0 })]
    [DataRow(new byte[] { 0xFE, 0xFF, 0, (byte)'a' })]
    public void A_UTF_16_file_is_called_that(byte[] bytes)
    {
        Assert.AreEqual($"MIG2003 {_path}(1,1)", ScriptText.Problem(() => Read(bytes)));
        Assert.Contains("UTF-16", Assert.ThrowsExactly<Diagnostics.MigrationException>(() => Read(bytes)).Message);
    }

    [TestMethod]
    public void Places_in_a_file_do_not_count_its_byte_order_mark()
    {
        File.WriteAllText(_path, "select 1", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        using var reader = ScriptFile.Open(_path);
        var statement = PostgreSqlDialect.Instance.ReadStatements(reader, _path).Single();
        Assert.AreEqual((1, 1, 0L), (statement.Line, statement.Column, statement.Offset));
    }

    [TestMethod]
    public void A_closed_file_can_be_deleted_and_an_open_one_read_by_others()
    {
        File.WriteAllText(_path, "a");
        using (ScriptFile.Open(_path))
        {
            Assert.AreEqual("a", File.ReadAllText(_path));
        }

        using var exclusive = new FileStream(_path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    private string Read(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        using var reader = ScriptFile.Open(_path);
        return reader.ReadToEnd();
    }
}

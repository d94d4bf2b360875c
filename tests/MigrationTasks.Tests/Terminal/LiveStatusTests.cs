using System.Text;
using MigrationTasks.Terminal;
using MigrationTasks.TestServers;

namespace MigrationTasks.Tests.Terminal;

[TestClass]
public sealed class LiveStatusTests
{
    private readonly Screen _screen = new();
    private bool _isOpen;

    [TestMethod]
    public void It_stands_below_what_MSBuild_draws_and_leaves_the_cursor_where_it_was()
    {
        Draw(frame: 0, "  Shop Migrate (1.0s)");
        var cursor = _screen.Cursor;
        using var status = Status();

        status.Show("", null, "Shop: 001_a.sql is still running after 10 s …");

        Assert.AreEqual("\n  Shop Migrate (1.0s)\n\n    Shop: 001_a.sql is still running after 10 s …", _screen.Text);
        Assert.AreEqual(cursor, _screen.Cursor);
        Draw(frame: 1, "  Shop Migrate (1.1s)");
        Assert.AreEqual("\n  Shop Migrate (1.1s)\n\n    Shop: 001_a.sql is still running after 10 s …", _screen.Text);
    }

    [TestMethod]
    public void What_comes_later_takes_the_place_of_what_the_same_source_has_shown()
    {
        using var status = Status();

        status.Show("a", null, "one");
        status.Show("b", null, "two");
        status.Show("a", null, "three");

        Assert.AreEqual("\n    three\n    two", _screen.Text);
    }

    [TestMethod]
    public void Nothing_of_it_is_left_when_it_is_over()
    {
        Draw(frame: 0, "  Shop Migrate (1.0s)");
        var status = Status();
        status.Show("a", null, "one");
        status.Show("b", null, "two");

        status.Hide("a");
        Assert.AreEqual("\n  Shop Migrate (1.0s)\n\n    two", _screen.Text);

        status.Dispose();
        Assert.AreEqual("\n  Shop Migrate (1.0s)", _screen.Text);
    }

    [TestMethod]
    public void What_is_tried_again_is_still_waited_for()
    {
        using var status = Status();
        status.Show("", "001_a.sql", "attempt 2 of 11");

        status.Hide("", butOf: "001_a.sql");
        Assert.AreEqual("\n    attempt 2 of 11", _screen.Text);

        status.Hide("", butOf: "002_b.sql");
        Assert.AreEqual("", _screen.Text);
    }

    [TestMethod]
    public void A_long_text_goes_on_in_the_next_lines_but_not_for_ever()
    {
        using var status = Status();

        status.Show("", null, string.Join(' ', Enumerable.Repeat("word", 500)));

        var lines = _screen.Text.Split('\n');
        Assert.HasCount(7, lines);
        Assert.IsTrue(lines.All(line => line.Length <= 78));
        Assert.AreEqual((0, 0), _screen.Cursor);
    }

    [TestMethod]
    public void Of_two_projects_that_wait_one_is_shown()
    {
        using var second = Status();
        using (var first = Status())
        {
            first.Show("", null, "one");
            second.Show("", null, "two");
            Assert.AreEqual("\n    one", _screen.Text);
        }

        second.Show("", null, "two");
        Assert.AreEqual("\n    two", _screen.Text);
    }

    [TestMethod]
    public void Where_there_is_no_terminal_nothing_is_written()
    {
        using var none = new LiveStatus(() => null, _ => throw new InvalidOperationException("It should not have been opened."));
        using var gone = new LiveStatus(() => Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}"));

        none.Show("", null, "one");
        gone.Show("", null, "one");

        Assert.AreEqual("", _screen.Text);
    }

    // As its logger does: up to the first line of the frame before, with the line ahead of it, and down again.
    private void Draw(int frame, params string[] lines) =>
        _screen.Write($"\u001b[{frame + 1}F\n{string.Concat(lines.Select(line => $"\u001b[K{line}\n"))}");

    private LiveStatus Status() => new(() => "terminal", _ => _isOpen ? throw new IOException("Another process has it.") : new Terminal(this));

    // One at a time has it.
    private sealed class Terminal : MemoryStream
    {
        private readonly LiveStatusTests _test;

        public Terminal(LiveStatusTests test) => (_test, test._isOpen) = (test, true);

        public override void Write(ReadOnlySpan<byte> buffer) => _test._screen.Write(Encoding.UTF8.GetString(buffer));

        protected override void Dispose(bool disposing)
        {
            _test._isOpen = false;
            base.Dispose(disposing);
        }
    }
}

using MigrationTasks.Engine.Commands.New;

namespace MigrationTasks.Engine.Tests.Authoring;

[TestClass]
public sealed class NextVersionTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 5, 4, 5, 678, TimeSpan.FromHours(2));

    [TestMethod]
    [DataRow("", "001", DisplayName = "an empty folder")]
    [DataRow("000", "001", DisplayName = "only the history's table")]
    [DataRow("001 002 010", "011", DisplayName = "the same width")]
    [DataRow("1 2 10", "11", DisplayName = "without zeros")]
    [DataRow("0001 2", "3", DisplayName = "as the newest is written")]
    [DataRow("999", "1000", DisplayName = "wider when it must be")]
    [DataRow("00000000000000000000000000000000000000000000000009", "00000000000000000000000000000000000000000000000010", DisplayName = "a number of fifty digits")]
    [DataRow("99999999999999999999", "100000000000000000000", DisplayName = "more than a UInt64")]
    [DataRow("2026010203", "2026010204", DisplayName = "a day and a number")]
    [DataRow("20260101", "20260102", DisplayName = "a day is counted, not read")]
    [DataRow("20250101000000", "20260102030405", DisplayName = "a time to the second")]
    [DataRow("001 20250101000000", "20260102030405", DisplayName = "numbers first, then times")]
    [DataRow("20260102030405", "20260102030406", DisplayName = "two in one second")]
    [DataRow("20270101235959", "20270102000000", DisplayName = "a time that has not come yet")]
    [DataRow("20261301000000", "20261301000001", DisplayName = "fourteen digits that are no time")]
    [DataRow("99990101000000", "99990101000001", DisplayName = "the end of time")]
    [DataRow("202501010000", "202601020304", DisplayName = "a time to the minute")]
    [DataRow("20250101000000000", "20260102030405678", DisplayName = "a time to the millisecond")]
    [DataRow("1735689600000", "1767323045678", DisplayName = "milliseconds since 1970")]
    [DataRow("1967323045678", "1967323045679", DisplayName = "milliseconds that have not come yet")]
    public void The_next_version_is_in_the_style_of_the_newest(string versions, string next) =>
        Assert.AreEqual(next, NextVersion.After(versions.Split(' ', StringSplitOptions.RemoveEmptyEntries), Now));
}

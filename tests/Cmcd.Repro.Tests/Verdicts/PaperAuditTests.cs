using System.Globalization;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Tests.Experiments;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Tests.Verdicts;

/// <summary>The audit against one that was made by hand beforehand: every verdict and every value of it, claim by claim.</summary>
public class PaperAuditTests
{
    private static readonly AuditReport Report = PaperAudit.Run(ClaimsFile.Read(ExperimentFolder.Committed), PaperNumbers.Read(ExperimentFolder.Committed));

    /// <summary>Verdict of each deciding part, and every case's value in order; a C19 has none that decides.</summary>
    [Theory]
    [InlineData("C01", "Contradicted", "1.91 4.26 1.92 0.74 2.61 2.02 0.95 1.33")]
    [InlineData("C02", "Supported", "1.91 4.26 1.92 0.74 2.61 2.02 0.95 1.33")]
    [InlineData("C03", "Supported", "1.91 4.26 1.89 0.74 2.61 1.60 0.95 1.33")]
    [InlineData("C04", "Contradicted", "1.28 1.24 1.92 -0.25 0.70 2.02 0.71 0.60")]
    [InlineData("C05", "Contradicted Borderline", "1.28 1.91")]
    [InlineData("C06", "Borderline", "1.91 -0.42")]
    [InlineData("C07", "Supported Supported", "3.02 0.42")]
    [InlineData("C08", "Borderline", "9.82 9.79")]
    [InlineData("C09", "Borderline", "1.92 1.89")]
    [InlineData("C10", "Supported Contradicted", "0.74 1.33 -0.25 0.60")]
    [InlineData("C11", "Supported Contradicted", "-1.17 -1.28 1.52 1.93")]   // 0.74 - 1.91 …; 4.2 % - 2.7 % …
    [InlineData("C12", "Supported", "1.92 0.95")]
    [InlineData("C13", "Contradicted", "1.91 4.26 2.61 2.02")]
    [InlineData("C14", "Supported", "44.95 38.08 50.51 41.42")]
    [InlineData("C15", "Supported", "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00")]
    [InlineData("C16", "Supported", "0.06 0.06")]
    [InlineData("C17", "Contradicted", "-1.52 1.24 -0.73 0.92")]
    [InlineData("C18", "Untestable", "-0.21 0.21")]
    [InlineData("C19", "Untestable", "")]                                     // "note" in the audit by hand
    [InlineData("C20", "Contradicted Supported", "0.28 0.86")]
    [InlineData("C21", "Supported", "0.00")]
    [InlineData("C22", "Supported", "2.60 3.18 2.88")]
    [InlineData("C23", "Untestable", "")]
    [InlineData("C24", "Untestable", "")]
    [InlineData("C25", "Supported", "-0.17 -0.34 1.68")]
    [InlineData("C26", "Borderline", "0.93 3.61 9.47")]
    [InlineData("C27", "Supported Supported", "0.00 0.00 0.00 0.00 0.00")]
    [InlineData("C28", "Borderline", "0.21 -0.20 -1.10 -0.24")]
    [InlineData("C29", "Supported", "2.00 4.00 4.00 0.00")]                   // place of the best lambda: 0.5, 1, 1, 0
    [InlineData("C30", "Supported Supported", "0.00 0.00 0.00 0.00 0.00 0.00 0.00 0.00")]
    [InlineData("C31", "Supported", "1.73 3.38 2.46 3.47 3.64 2.96 2.70 4.20")]
    [InlineData("C32", "Borderline Supported", "4.71 5.14 8.99 -0.01 1.88 2.36 2.76 1.14 5.34 8.16 8.96 0.98 3.79 1.94 3.00 1.87")]
    [InlineData("C33", "Supported Supported", "25.00 0.00")]
    [InlineData("C34", "Contradicted", "-795.00")]
    public void Claim_has_the_verdict_and_the_values_of_the_audit_by_hand(string id, string verdicts, string values)
    {
        var finding = Finding(id);

        Assert.Equal(verdicts, string.Join(' ', finding.Deciding.Select(part => part.Verdict)));
        Assert.Equal(values, Values(finding.Deciding));
    }

    [Theory]
    [InlineData("C05", AuditVerdict.Contradicted), InlineData("C10", AuditVerdict.Borderline), InlineData("C11", AuditVerdict.Borderline)]
    [InlineData("C20", AuditVerdict.Borderline), InlineData("C32", AuditVerdict.Borderline), InlineData("C30", AuditVerdict.Supported)]
    public void Claim_of_several_parts_has_one_verdict(string id, AuditVerdict verdict) => Assert.Equal(verdict, Finding(id).Verdict);

    [Theory]
    [InlineData("C01", "2 of 8 (4 after rounding)"), InlineData("C02", "8 of 8"), InlineData("C04", "7 of 8"), InlineData("C06", "1 of 2"), InlineData("C13", "2 of 4 (3 after rounding)")]
    [InlineData("C17", "2 of 4"), InlineData("C28", "1 of 4, within noise"), InlineData("C09", "0 of 2 (2 after rounding): only by rounding"), InlineData("C18", "3 distinct levels, 8 are needed")]
    [InlineData("C23", "the paper prints no numbers of Figure1"), InlineData("C32", "7 of 8"), InlineData("C31", "8 of 8")]
    public void Reason_says_what_decided(string id, string reason) => Assert.Equal(reason, Finding(id).Parts[0].Reason);

    [Theory]
    [InlineData("C17", "mean of both sketch columns", AuditVerdict.Contradicted, "-0.14 0.10")]
    [InlineData("C17", "with CMC", AuditVerdict.Contradicted, "-0.86 4.29 0.94 0.26")]
    [InlineData("C17", "as error reduction", AuditVerdict.Supported, "11.21 12.34 7.09 9.59")]
    [InlineData("C17", "relative", AuditVerdict.Contradicted, "-40.23 -32.90 -5.47 -2.99")]
    [InlineData("C19", "the smallest LE gain", AuditVerdict.Supported, "-4.82 -7.58 -6.34")]
    [InlineData("C19", "the largest FT gain", AuditVerdict.Supported, "1.74 0.09 1.01")]
    [InlineData("C25", "all 60 a class", AuditVerdict.Contradicted, "-5.76")]
    [InlineData("C26", "all 60 a class", AuditVerdict.Supported, "2.96")]
    public void What_stands_beside_a_claim_does_not_decide_it(string id, string name, AuditVerdict verdict, string values)
    {
        var part = Finding(id).Parts.Single(part => part.Part.Name == name);

        Assert.Equal((false, verdict, values), (part.Decides, part.Verdict, Values([part])));
    }

    [Theory]
    [InlineData("C02", "3.7 4.5 3.0 - 6.6 2.4 1.4 -")]
    [InlineData("C09", "3.0 3.0"), InlineData("C20", "0.3 0.9"), InlineData("C25", "-0.2 -0.3 1.7"), InlineData("C28", "0.4 -0.5 -1.2 -0.3")]
    public void Difference_is_set_beside_the_resolution_of_its_test_set(string id, string z) => Assert.Equal(
        z, string.Join(' ', Finding(id).Deciding.SelectMany(part => part.Cases).Select(one => one.Z?.ToString("F1", CultureInfo.InvariantCulture) ?? "-")));

    /// <summary>Standard errors of one accuracy, midway between best baseline and best of ours.</summary>
    [Theory]
    [InlineData(71.33, 73.24, 15146, 0.36), InlineData(84.93, 87.54, 15146, 0.28), InlineData(64.46, 68.72, 5000, 0.67)]
    [InlineData(75.84, 77.86, 5000, 0.60), InlineData(26.38, 28.30, 10000, 0.45), InlineData(34.42, 35.37, 10000, 0.48)]
    public void Binomial_standard_errors_are_those_of_the_audit_by_hand(double baseline, double ours, int items, double error) =>
        Assert.Equal(error, Math.Round(Binomial.Error((baseline + ours) / 2, items), 2));

    [Fact]
    public void Twenty_two_of_the_118_printed_cells_repeat_or_follow_from_others_and_all_agree()
    {
        Assert.Equal(118, Report.PrintedCells);
        Assert.Equal(22, Report.Derived.Select(cell => cell.Cell).Distinct().Count());
        Assert.Equal(
            [("Table2", 8), ("Table3", 1), ("Table4", 5), ("Table5", 8)],
            Report.Derived.GroupBy(cell => cell.Cell.Table).Select(table => (table.Key, table.Count())));
        Assert.All(Report.Derived, cell => Assert.True(cell.Agrees, cell.Arithmetic));
    }

    [Theory]
    [InlineData("LE", "CMD", Scale.Points, "8.30 11.06 9.82 3.48", "-0.21"), InlineData("FT", "CMD", Scale.Points, "1.73 3.38 2.46 3.47", "0.21")]
    [InlineData("LE", "CMC", Scale.Points, "8.93 14.08 9.79 4.47", "-0.21"), InlineData("FT", "CMC", Scale.Points, "3.64 2.96 2.70 4.20", "-0.32")]
    [InlineData("LE", "CMD", Scale.ErrorReduction, "23.26 24.38 12.05 4.04", "-0.74"), InlineData("FT", "CMD", Scale.ErrorReduction, "10.75 13.24 3.65 4.55", "-0.95")]
    [InlineData("LE", "CMD", Scale.Relative, "12.91 20.24 53.14 25.07", "0.95"), InlineData("FT", "CMD", Scale.Relative, "2.06 4.54 7.53 14.62", "0.74")]
    public void Table_2_is_derived_again_on_every_scale(string protocol, string method, Scale scale, string gains, string spearman)
    {
        var row = Report.Gains.Single(row => (row.Protocol.ToString(), row.Method, row.Scale) == (protocol, method, scale));

        Assert.Equal(gains, string.Join(' ', row.Gains.Select(gain => gain.ToString("F2", CultureInfo.InvariantCulture))));
        Assert.Equal(spearman, row.Spearman.ToString("F2", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_claim_quotes_the_cells_it_was_decided_on() => Assert.Equal(
        "CMC+LE 73.24 - SOCKET+LE 71.33 = +1.91 (z 3.7, standard error 0.51)", Finding("C03").Parts[0].Cases[0].Arithmetic);

    [Fact]
    public void A_printed_number_that_moved_is_noticed()
    {
        using var folder = new ExperimentFolder();
        folder.Edit("paper/table4.csv", "68.72", "68.73");
        var report = PaperAudit.Run(ClaimsFile.Read(folder.Path), PaperNumbers.Read(folder.Path));

        Assert.Equal("Table4/Ours+LE/n=60", Assert.Single(report.Derived, cell => !cell.Agrees).Cell.ToString());
        Assert.Equal(AuditVerdict.Contradicted, report.Findings.Single(finding => finding.Claim.Id == "C27").Parts[1].Verdict);
    }

    [Theory]
    [InlineData("76.00", AuditVerdict.Supported), InlineData("65.70", AuditVerdict.Contradicted)]
    public void A_claim_of_some_tasks_follows_one_clear_task_or_none(string interior, AuditVerdict verdict)
    {
        using var folder = new ExperimentFolder();
        folder.Edit("paper/table5.csv", "73.45", interior).Edit("paper/table5.csv", "72.97", "70.00").Edit("paper/table5.csv", "73.19", "70.00");
        var report = PaperAudit.Run(ClaimsFile.Read(folder.Path), PaperNumbers.Read(folder.Path));

        Assert.Equal(verdict, report.Findings.Single(finding => finding.Claim.Id == "C28").Verdict);
    }

    private static AuditFinding Finding(string id) => Report.Findings.Single(finding => finding.Claim.Id == id);

    private static string Values(IEnumerable<PartFinding> parts) => string.Join(
        ' ', parts.SelectMany(part => part.Cases).Select(one => Math.Round(one.Value!.Value + 0.0, 6).ToString("0.00;-0.00;0.00", CultureInfo.InvariantCulture)));
}

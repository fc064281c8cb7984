using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Results;
using Cmcd.Repro.Theory.Gap;
using Cmcd.Repro.Verdicts;

namespace Cmcd.Repro.Commands;

/// <summary>The approved numbers of this checkout, their log, and what this code's stages are at.</summary>
internal sealed class ApprovedFiles(ProjectFolders folders, string tier)
{
    /// <summary>Version by stage kind; constants, so that asking loads no libtorch.</summary>
    public static readonly IReadOnlyDictionary<string, int> CurrentVersions = new Dictionary<string, int>
    {
        ["pretrain"] = Step1Pretraining.Version,
        ["distill"] = Step2Distillation.Version,
        ["evaluate"] = Step3Evaluation.Version,
        [Step3Segmentation.Stage] = Step3Segmentation.Version,
        [LargestClass.Kind] = LargestClass.Version,
        ["measure"] = TotalVariationMeasure.Version,
        ["gap-teacher"] = GapTeacher.Version,
        ["gap-level"] = GapLevelRun.Version,
        ["gap-evaluate"] = GapAnswers.Version,
    };

    private readonly string _folder = Path.Combine(folders.Root, "tests", "Cmcd.Repro.Tests", "Regression");

    public string Log => Path.Combine(_folder, ApprovalLog.FileName);

    public string Of(string table) => Path.Combine(_folder, ApprovedCsv.FileOf(tier, table));

    public string ReceivedOf(string table) => Path.Combine(_folder, ApprovedCsv.ReceivedFileOf(tier, table));

    public string ResultsOf(string table) => Path.Combine(folders.Results, tier, table);

    public bool HasResults(string table) => File.Exists(Path.Combine(ResultsOf(table), "manifest.json"));

    /// <summary>The table asked for, or all that have results, an approved file or a line in the log.</summary>
    public IReadOnlyList<string> Tables(string asked)
    {
        if (asked != "all") return [asked];
        var results = Path.Combine(folders.Results, tier);
        var (prefix, suffix) = (ApprovedCsv.FileOf(tier, "|").Split('|')[0], ApprovedCsv.FileOf(tier, "|").Split('|')[1]);
        var measured = Directory.Exists(results) ? Directory.EnumerateDirectories(results).Select(folder => Path.GetFileName(folder)).Where(HasResults) : [];
        var approved = Directory.Exists(_folder) ? Directory.EnumerateFiles(_folder, prefix + "*" + suffix).Select(file => Path.GetFileName(file)[prefix.Length..^suffix.Length]) : [];
        var logged = ApprovalLog.Read(Log).Approvals.Where(approval => approval.Tier == tier).Select(approval => approval.Table);
        return [.. measured.Concat(approved).Concat(logged).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>What shows that the approved file or its log was changed by hand; null when the log signed the file as it is.</summary>
    /// <exception cref="ReproException">A file cannot be read.</exception>
    public RegressionFinding? Unsigned(string table)
    {
        var log = ApprovalLog.Read(Log);
        var (signed, found) = (log.SignedHash(tier, table), ApprovedCsv.HashOfFile(Of(table)));
        var fault = log.Fault
            ?? (found == signed ? null
            : found is null ? $"{Of(table)} is gone; the log signed it as {signed![..12]}"
            : signed is null ? $"{Of(table)} hashes to {found[..12]}, which the log never signed"
            : $"{Of(table)} was edited by hand: it hashes to {found[..12]}, the log signed {signed[..12]}");
        return fault is null ? null : new(FindingKind.UNSIGNED, fault);
    }
}

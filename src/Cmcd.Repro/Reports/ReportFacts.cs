// One file: together these records are the schema of report.json, and the page shows nothing else.
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Results;
using Cmcd.Repro.Verdicts;
using Newtonsoft.Json.Linq;

namespace Cmcd.Repro.Reports;

/// <summary>What report.json says.</summary>
/// <param name="Schema">Name and version of this layout; the version rises when a member changes its meaning or goes.</param>
/// <param name="Tier">smoke, mini or paper.</param>
/// <param name="About">What the tier is for.</param>
/// <param name="StandsIn">The tier's data stand in for the paper's.</param>
/// <param name="Notice">What the numbers may not be taken for.</param>
/// <param name="Verdicts">How many cells and claims have each verdict; all six, in the order of the enum.</param>
/// <param name="Tables">The tables.</param>
/// <param name="Claims">The claims, held against the tier's runs.</param>
/// <param name="Audit">The paper's sentences, held against its own numbers.</param>
/// <param name="Plots">The figures over whole tables; empty where nothing was measured that feeds one.</param>
/// <param name="Deviations">deviations.md.</param>
/// <param name="Data">The data folder's README.</param>
internal sealed record ReportFacts(
    string Schema,
    string Tier,
    string About,
    bool StandsIn,
    string Notice,
    IReadOnlyList<VerdictCount> Verdicts,
    IReadOnlyList<TableFacts> Tables,
    IReadOnlyList<ClaimVerdict> Claims,
    IReadOnlyList<AuditFacts> Audit,
    IReadOnlyList<PlotFacts> Plots,
    string Deviations,
    string Data);

/// <param name="Verdict">The verdict.</param>
/// <param name="Cells">Cells that have it.</param>
/// <param name="Claims">Claims that have it.</param>
internal sealed record VerdictCount(Verdict Verdict, int Cells, int Claims);

/// <param name="Claim">The claim's id.</param>
/// <param name="Verdict">Of the claim as a whole.</param>
/// <param name="Parts">The parts that decide.</param>
internal sealed record AuditFacts(string Claim, AuditVerdict Verdict, IReadOnlyList<AuditPart> Parts);

/// <param name="Claim">Named as in <see cref="ClaimVerdict.Claim"/>: C05/CMD.</param>
/// <param name="Verdict">The outcome.</param>
/// <param name="Reason">What decided.</param>
internal sealed record AuditPart(string Claim, AuditVerdict Verdict, string Reason);

/// <param name="Id">Experiment file, such as Table1.</param>
/// <param name="About">The question the table answers.</param>
/// <param name="Paper">Where it stands in the paper; null for a table that is ours alone.</param>
/// <param name="Command">Makes these results again; finished stages come from the cache.</param>
/// <param name="Split">Labelled split that was scored.</param>
/// <param name="Inits">Initialisations that were run; cells hold the first.</param>
/// <param name="Columns">In the paper's order.</param>
/// <param name="Rows">In the paper's order.</param>
/// <param name="Cells">By row, then column.</param>
/// <param name="Differences">CMC and CMD minus each other method of the same protocol, paired by seed, where both were measured.</param>
/// <param name="Stages">Every stage, in order of first use.</param>
/// <param name="Times">By kind of stage.</param>
/// <param name="Seconds">Wall-clock time of the command that wrote the results.</param>
/// <param name="Environment">Program, libraries and machine.</param>
/// <param name="Datasets">Content hash by data set.</param>
/// <param name="Networks">Settings that all rows share: teacher, student, step 1, roles.</param>
internal sealed record TableFacts(
    string Id,
    string About,
    PaperReference? Paper,
    string Command,
    string Split,
    IReadOnlyList<string> Inits,
    IReadOnlyList<ColumnFacts> Columns,
    IReadOnlyList<RowFacts> Rows,
    IReadOnlyList<CellFacts> Cells,
    IReadOnlyList<DifferenceFacts> Differences,
    IReadOnlyList<ManifestStage> Stages,
    IReadOnlyList<StageTime> Times,
    double Seconds,
    RunEnvironment Environment,
    IReadOnlyDictionary<string, string> Datasets,
    JObject Networks);

/// <param name="Id">Column id.</param>
/// <param name="Label">As the paper prints it.</param>
/// <param name="Modalities">Source and target, as in image-sketch.</param>
/// <param name="Metric">top1 or miou.</param>
/// <param name="Unit">Of the column's numbers.</param>
/// <param name="Measured">The data set that was scored in this tier; null when there is none.</param>
internal sealed record ColumnFacts(string Id, string Label, string Modalities, string Metric, string Unit, string? Measured);

/// <param name="Id">Row id.</param>
/// <param name="Label">As the paper prints it.</param>
/// <param name="Method">Short name.</param>
/// <param name="Protocol">LE or FT.</param>
/// <param name="Settings">What its first cell was made of, as far as the shared settings do not say it.</param>
internal sealed record RowFacts(string Id, string Label, string Method, string Protocol, JObject Settings);

/// <param name="Values">As cells.csv holds it.</param>
/// <param name="Runs">The runs it was folded from, by seed.</param>
/// <param name="Command">Measures it alone again and holds it against these runs; null where there are none.</param>
/// <param name="Own">What it has different from its row's settings, as a JSON merge patch; null if nothing.</param>
internal sealed record CellFacts(CellRow Values, IReadOnlyList<RunFacts> Runs, string? Command, JObject? Own);

/// <param name="Seed">Seed.</param>
/// <param name="Value">What was measured, in the cell's unit.</param>
/// <param name="Init">The student's first weights.</param>
/// <param name="Device">cpu or cuda.</param>
/// <param name="Seconds">Time of its evaluation.</param>
/// <param name="Stages">Keys of the stages behind it, first to last; the last is its evaluation.</param>
internal sealed record RunFacts(long Seed, double Value, string Init, string Device, double Seconds, IReadOnlyList<string> Stages);

/// <param name="First">Row id.</param>
/// <param name="Second">Row id of what is subtracted.</param>
/// <param name="Column">Column id.</param>
/// <param name="Protocol">LE or FT, of both rows.</param>
/// <param name="Seeds">Seeds that both have.</param>
/// <param name="Mean">Mean difference, in points.</param>
/// <param name="Low">Lower end of its 95 % Student-t interval; null below two seeds.</param>
/// <param name="High">Upper end; null below two seeds.</param>
internal sealed record DifferenceFacts(string First, string Second, string Column, string Protocol, int Seeds, double Mean, double? Low, double? High);

/// <param name="Kind">pretrain, distill or evaluate.</param>
/// <param name="Stages">How many.</param>
/// <param name="Cached">How many of them came from the cache.</param>
/// <param name="Seconds">Sum of the times they took when they were made.</param>
internal sealed record StageTime(string Kind, int Stages, int Cached, double Seconds);

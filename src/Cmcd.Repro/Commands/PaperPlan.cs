using System.Globalization;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Pipeline.Planning;

namespace Cmcd.Repro.Commands;

/// <summary>A plan where the paper's data are not here: downloads, disk, and hours by operations counted over a stated rate. Nothing is started.</summary>
internal static class PaperPlan
{
    private const double Giga = 1e9;

    public static void Print(RunOptions options, WorkPlan plan, TierSettings tier)
    {
        Console.WriteLine($"Plan of {string.Join(", ", plan.Experiments.Select(work => work.Id))}; tier {options.Tier}, {options.Seeds} seed(s). Not all of its data are here, so sets of the printed sizes stand for them (Appendix C).");
        PrintSources(options, tier);
        foreach (var work in plan.Experiments.Where(work => work.Stages.Any(stage => stage.MultiplyAdds > 0)))
        {
            Console.WriteLine(Text($"{work.Id}: {Reports.Text.Count(work.Runs.Count, "run")} from {Reports.Text.Count(work.Stages.Count, "distinct stage")}, {work.Naive} if every run made its own"));
            foreach (var kind in plan.Of(work).Where(stage => stage.FirstOf == work.Id).GroupBy(stage => stage.Stage.Kind))
                Console.WriteLine(Text($"  {kind.Key,-9} {Reports.Text.Count(kind.Count(), "stage"),10}: {kind.Sum(stage => (long)stage.Stage.Updates):N0} updates, {Hours(kind.Sum(stage => stage.Stage.MultiplyAdds), tier.Rate!)}"));
        }

        var all = plan.Stages.Sum(stage => stage.Stage.MultiplyAdds);
        Console.WriteLine(Text($"All: {plan.Experiments.Sum(work => work.Runs.Count):N0} runs from {plan.Stages.Count:N0} distinct stages; {plan.Naive:N0} if every run made its own."));
        Console.WriteLine(Text($"GPU: {Hours(all, tier.Rate!)} for {2 * all / 1e15:N0} · 10¹⁵ operations of convolutions at {tier.Rate!.Teraflops:0.#} · 10¹² a second. That rate is stated, not measured: {tier.Rate.Reason}"));
    }

    private static void PrintSources(RunOptions options, TierSettings tier)
    {
        var data = options.Folders.OpenData();
        var catalogue = SourceCatalogue.Read(options.Folders.Sources);
        var sources = catalogue.Sources.Where(source => RunSession.Names(tier).Contains(source.Name)).ToArray();
        double left = 0, disk = 0;
        Console.WriteLine("Data:");
        foreach (var source in sources)
        {
            var missing = data.Missing(source.Name) is not null;
            var (bytes, unknown) = (source.Needed.Sum(file => file.Size ?? 0), source.Needed.Count(file => file.Size is null));
            var size = Text($"{bytes / Giga:0.00} GB{(unknown > 0 ? $" and {Reports.Text.Count(unknown, "file")} of unknown size" : "")}");
            var decoded = PaperSets.DecodedBytes(source.Name);
            Console.WriteLine(Text($"  {source.Name}: {(missing ? "missing" : "here")}; {Reports.Text.Count(source.Needed.Count(), "file")}, {size}; {decoded / Giga:0.0} GB once decoded"));
            if (missing) Console.WriteLine($"    ./build.sh --target=Datasets --name={source.Name}    By hand: {source.ByHand}");
            foreach (var group in source.Files.Where(file => file.OnRequest is not null && file.Size is not null).GroupBy(file => file.OnRequest))
                Console.WriteLine(Text($"    on request, not counted: {Reports.Text.Count(group.Count(), "file")}, {group.Sum(file => file.Size!.Value) / Giga:0.0} GB. {group.Key}"));
            left += missing ? bytes : 0;
            disk += bytes + decoded;
        }

        Console.WriteLine(Text($"Left to download: about {left / Giga:0.0} GB by the sizes known; about {disk / Giga:0} GB of disk for files and decoded images, and as much again for archives while they are unpacked."));
    }

    private static string Hours(double multiplyAdds, TierRate rate)
    {
        var hours = 2 * multiplyAdds / (rate.Teraflops * 1e12) / 3600;
        return hours >= 0.1 ? Text($"about {hours:N1} h") : Text($"about {hours * 60:N1} min");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

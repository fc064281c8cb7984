using System.Globalization;
using CsvHelper;

namespace Cmcd.Repro.Datasets.Clips;

/// <summary>VGGSound's list of clips, vggsound.csv: video, first second, label, split; no header.</summary>
/// <remarks>Labels are quoted where they hold a comma (23 of 309). The class index is the authors': all labels ordered by code point.</remarks>
internal sealed class VggSoundList
{
    private const int Columns = 4, ToldFaults = 10, VideoLength = 11;

    private static readonly CsvReaderOptions Accepted = new()
    {
        Separator = ',',
        HasHeader = false,
        SkipEmptyLines = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        TrackLineNumbers = true,
    };

    private VggSoundList(IReadOnlyList<string> classes, IReadOnlyList<ListedClip> clips) => (Classes, Clips) = (classes, clips);

    /// <summary>The labels, by class index.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>In the file's order.</summary>
    public IReadOnlyList<ListedClip> Clips { get; }

    /// <summary>Reads the whole list.</summary>
    /// <param name="path">vggsound.csv.</param>
    /// <exception cref="DatasetUnavailableException">It cannot be read or has faults: names the first ten lines.</exception>
    public static VggSoundList Read(string path)
    {
        var faults = new List<string>();
        var rows = new List<(string Video, int Start, string Label, bool IsTest)>();
        var seen = new HashSet<(string, int)>();
        foreach (var (line, fields) in Lines(path, faults))
        {
            if (fields.Length != Columns) faults.Add($"line {line} has {fields.Length} fields, expected {Columns}: video, first second, label, split");
            else if (fields[0].Length != VideoLength) faults.Add($"line {line}: video is \"{fields[0]}\", expected {VideoLength} characters");
            else if (!int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var start)) faults.Add($"line {line}: first second is \"{fields[1]}\", expected a whole number from 0");
            else if (fields[2].Length == 0) faults.Add($"line {line}: the label is empty");
            else if (fields[3] is not ("train" or "test")) faults.Add($"line {line}: split is \"{fields[3]}\", expected train or test");
            else if (!seen.Add((fields[0], start))) faults.Add($"line {line}: {fields[0]} from second {start} stands in an earlier line, too");
            else rows.Add((fields[0], start, fields[2], fields[3] == "test"));
        }

        if (rows.Count == 0 && faults.Count == 0) faults.Add("it has no lines");
        if (faults.Count > 0)
        {
            var more = faults.Count > ToldFaults ? $"\n  and {faults.Count - ToldFaults} more" : "";
            throw new DatasetUnavailableException(
                $"{path} is not VGGSound's list of clips:{string.Concat(faults.Take(ToldFaults).Select(fault => $"\n  {fault}"))}{more}\n"
                + "Delete it and fetch it again: ./build.sh --target=Datasets --name=vggsound/vggsound.csv");
        }

        string[] classes = [.. rows.Select(row => row.Label).Distinct().Order(StringComparer.Ordinal)];
        var index = classes.Index().ToDictionary(each => each.Item, each => each.Index);
        return new(classes, [.. rows.Select(row => new ListedClip(row.Video, row.Start, index[row.Label], row.IsTest))]);
    }

    private static IEnumerable<(long Line, string[] Fields)> Lines(string path, List<string> faults)
    {
        using var reader = CsvReader.FromText(StoreDisk.Guard(path, () => File.ReadAllText(path)), Accepted);
        while (Next(reader, faults))
            yield return (reader.LineNumber, [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetString)]);
    }

    private static bool Next(CsvReader reader, List<string> faults)
    {
        try
        {
            return reader.Read();
        }
        catch (CsvFormatException fault)
        {
            faults.Add($"line {fault.LineNumber}: a quote stands where none is allowed (RFC 4180)");
            return false;
        }
    }
}

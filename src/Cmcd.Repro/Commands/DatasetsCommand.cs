using System.Diagnostics;
using Cmcd.Repro.Datasets;
using Spectre.Console;

namespace Cmcd.Repro.Commands;

/// <summary>Verifies the embedded data, makes the generated sets, lists all with licences, draws a contact sheet of each set, and counts the paper's data that are here.</summary>
internal static class DatasetsCommand
{
    public static int Execute(ProjectFolders folders)
    {
        var catalogue = folders.OpenData();
        var descriptions = catalogue.Describe();
        var table = new Table().AddColumns("data set", "role", "source", "target", "classes", "hash");
        foreach (var set in descriptions) table.AddRow(set.Name, set.Role, $"{set.Photos:N0}", $"{set.Sketches:N0}", $"{set.Classes.Count}", set.Hash[..12]);
        AnsiConsole.Write(table);
        var clock = Stopwatch.StartNew();
        catalogue.Generate();
        var where = Path.GetRelativePath(Directory.GetCurrentDirectory(), folders.Generated);
        Console.WriteLine($"Generated sets are in {where}; making or finding them took {clock.Elapsed.TotalSeconds:F1} s.");
        foreach (var set in descriptions.DistinctBy(set => set.Name))
        {
            var sheet = Path.Combine(folders.Cache, "contact-sheets", set.Name + ".png");
            Directory.CreateDirectory(Path.GetDirectoryName(sheet)!);
            catalogue.WriteContactSheet(set.Name, sheet);
            Console.WriteLine($"{set.Name}: {set.Licence}. {set.Source} Contact sheet: {Path.GetRelativePath(Directory.GetCurrentDirectory(), sheet)}");
        }

        PrintPaper(folders, catalogue);
        return ExitCodes.Success;
    }

    /// <summary>The paper's sets: which are here, and what is in them beside what is used at their default options.</summary>
    private static void PrintPaper(ProjectFolders folders, DatasetCatalogue catalogue)
    {
        Console.WriteLine("The paper's own data:");
        foreach (var name in PaperSets.Names.Where(name => name != PaperSets.Own))
        {
            if (catalogue.Missing(name) is { } reason)
            {
                Console.WriteLine($"  {name}: {reason}");
                continue;
            }

            Console.WriteLine($"  {name}:");
            foreach (var (what, count) in folders.OpenPaper().Coverage(name, null)) Console.WriteLine($"    {count,9:N0}  {what}");
        }
    }
}

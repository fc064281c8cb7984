using System.Text;
using Cmcd.Repro.Tests.Datasets.Archives;

namespace Cmcd.Repro.Tests.Datasets.Mirror;

/// <summary>TU-Berlin in small: sketches_png.zip with the real names and the global numbers, as datasets.md describes it.</summary>
/// <remarks>
/// Five classes of their real places among the 250, <see cref="PerClass"/> of 80 sketches each. Traps: the folder "crane (machine)" that filelist.txt calls "crane", names with spaces and
/// dashes, a listed sketch without a file, a PNG of 16 bits, one with transparency, one that is a text file, a stray file.
/// </remarks>
internal static class TuBerlinMirror
{
    public const int PerClass = 16;
    public const string Archive = "sketches_png.zip";

    /// <summary>Place among the 250 (0-based) and name.</summary>
    public static readonly (int Place, string Name)[] Classes = [(0, "airplane"), (1, "alarm clock"), (61, "crane (machine)"), (214, "t-shirt"), (249, "zebra")];

    /// <summary>Listed, but not in the archive.</summary>
    public const string Missing = "t-shirt/17125.png";

    /// <summary>A PNG that is a text file.</summary>
    public const string Text = "zebra/19923.png";

    /// <summary>A PNG of 16 bits a channel, white on the left and black on the right.</summary>
    public const string Deep = "airplane/1.png";

    /// <summary>A PNG that is transparent all over: white paper.</summary>
    public const string Transparent = "airplane/2.png";

    /// <summary>Every file with its content: class/n.png under png/.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Files(int side)
    {
        var listed = new List<string>();
        foreach (var (label, (place, name)) in Classes.Index())
        {
            foreach (var number in Enumerable.Range((80 * place) + 1, PerClass))
            {
                var item = $"{name}/{number}.png";
                listed.Add($"{name.Replace(" (machine)", "", StringComparison.Ordinal)}/{number}.png");
                if (item == Missing) continue;
                yield return ($"png/{item}", item switch
                {
                    Text => "404: sketch not found"u8.ToArray(),
                    Deep => Png.Halves(side, deep: true),
                    Transparent => Png.Halves(side, deep: false),
                    _ => MirrorImages.Sketch(label, number % 80, side),
                });
            }
        }

        yield return ("png/zebra/.DS_Store", [0, 0, 0, 1]);
        yield return ("png/filelist.txt", Encoding.UTF8.GetBytes(string.Concat(listed.GroupBy(line => line[..line.IndexOf('/', StringComparison.Ordinal)]).SelectMany(own => own.Order(StringComparer.Ordinal)).Select(line => line + "\n"))));
    }

    /// <summary>Writes the archive.</summary>
    /// <param name="folder">Where to; it is made.</param>
    /// <param name="side">Pixels; about 1111 in the real data.</param>
    public static void Write(string folder, int side = 1111)
    {
        Directory.CreateDirectory(folder);
        MadeArchive.Zip(Path.Combine(folder, Archive), Files(side).Select(file => (file.Name, file.Content, 0)));
    }
}

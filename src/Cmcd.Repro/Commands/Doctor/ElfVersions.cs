using System.Text;

namespace Cmcd.Repro.Commands.Doctor;

/// <summary>Symbol versions of Linux libraries, read from the files: nothing is loaded.</summary>
/// <remarks>Source: the GNU symbol versioning sections, Linux Standard Base Core 5.0, 10.7.4; 64-bit little-endian files.</remarks>
internal static class ElfVersions
{
    private const uint NeededVersions = 0x6ffffffe;   // SHT_GNU_verneed
    private const ushort Weak = 2;                    // VER_FLG_WEAK: the loader warns instead of refusing

    /// <summary>Every version that a library asks of another.</summary>
    /// <exception cref="InvalidDataException">It is no such file, or cut.</exception>
    public static IReadOnlyList<(string Version, bool Weak)> Needed(byte[] library)
    {
        if (library.Length < 64 || !library.AsSpan(0, 4).SequenceEqual("\u007fELF"u8) || library[4] != 2 || library[5] != 1) throw new InvalidDataException("it is no 64-bit little-endian ELF file");
        try
        {
            var (sections, size, count) = ((int)BitConverter.ToInt64(library, 0x28), BitConverter.ToUInt16(library, 0x3A), BitConverter.ToUInt16(library, 0x3C));
            var found = new List<(string, bool)>();
            foreach (var section in Enumerable.Range(0, count).Select(i => sections + (i * size)).Where(section => BitConverter.ToUInt32(library, section + 4) == NeededVersions))
            {
                var need = (int)BitConverter.ToInt64(library, section + 24);
                var strings = (int)BitConverter.ToInt64(library, sections + ((int)BitConverter.ToUInt32(library, section + 40) * size) + 24);
                for (int next = -1; next != 0; need += next)
                {
                    var entry = need + (int)BitConverter.ToUInt32(library, need + 8);
                    for (int left = BitConverter.ToUInt16(library, need + 2); left > 0; left--)
                    {
                        var name = strings + (int)BitConverter.ToUInt32(library, entry + 8);
                        found.Add((Encoding.ASCII.GetString(library, name, Array.IndexOf(library, (byte)0, name) - name), (BitConverter.ToUInt16(library, entry + 4) & Weak) != 0));
                        entry += (int)BitConverter.ToUInt32(library, entry + 12);
                    }

                    next = (int)BitConverter.ToUInt32(library, need + 12);
                }
            }

            return found;
        }
        catch (ArgumentException)
        {
            throw new InvalidDataException("its sections lie outside the file: it was cut");
        }
    }

    /// <summary>The highest version of a family, such as 3.4.30 of GLIBCXX_, whose name stands in the file; null if none does.</summary>
    public static Version? Highest(byte[] library, string family)
    {
        var (highest, prefix) = ((Version?)null, Encoding.ASCII.GetBytes(family));
        for (var at = 0; library.AsSpan(at).IndexOf(prefix) is >= 0 and var found;)
        {
            var start = at + found + prefix.Length;
            var end = start;
            while (end < library.Length && library[end] is (byte)'.' or (>= (byte)'0' and <= (byte)'9')) end++;
            if (Version.TryParse(Encoding.ASCII.GetString(library, start, end - start), out var version) && (highest is null || version > highest)) highest = version;
            at = end;
        }

        return highest;
    }
}

namespace Cmcd.Repro.Models.Import.Torch;

/// <summary>The check sum of zip archives (IEEE 802.3); of "123456789": 0xCBF43926.</summary>
internal static class Crc32
{
    private const int Slices = 8;

    // Slice k holds the sums of one byte followed by k zeros: eight bytes are folded in at a time.
    private static readonly uint[][] Tables = MakeTables();

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        for (; bytes.Length >= Slices; bytes = bytes[Slices..])
        {
            crc = Tables[7][(byte)(crc ^ bytes[0])] ^ Tables[6][(byte)((crc >> 8) ^ bytes[1])] ^ Tables[5][(byte)((crc >> 16) ^ bytes[2])] ^ Tables[4][(byte)((crc >> 24) ^ bytes[3])]
                ^ Tables[3][bytes[4]] ^ Tables[2][bytes[5]] ^ Tables[1][bytes[6]] ^ Tables[0][bytes[7]];
        }

        foreach (var part in bytes) crc = Tables[0][(byte)(crc ^ part)] ^ (crc >> 8);
        return ~crc;
    }

    private static uint[][] MakeTables()
    {
        var tables = new uint[Slices][];
        tables[0] = [.. Enumerable.Range(0, 256).Select(i => Enumerable.Range(0, 8).Aggregate((uint)i, (crc, _) => (crc & 1) != 0 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1))];
        for (var slice = 1; slice < Slices; slice++) tables[slice] = [.. tables[slice - 1].Select(crc => tables[0][(byte)crc] ^ (crc >> 8))];
        return tables;
    }
}

using System.IO.Compression;
using System.Text;
using Cmcd.Repro.Results.Bundles;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Results.Bundles;

public sealed class BundleTests : IDisposable
{
    private static readonly BundleEntry[] Files =
        [Entry("results/mini/Table1/runs.csv", "a,b\n1,2\n"), Entry("results/mini/Table1/cells.csv", "c\n"), Entry("experiments/tiers/mini.json", "{}"), Entry("empty.md", "")];

    private static readonly byte[] Bytes = Bundle.Pack("mini", Files);

    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void The_same_files_give_the_same_bytes_in_any_order() => Assert.Equal(Bytes, Bundle.Pack("mini", Files.Reverse()));

    // Python's struct, zlib.crc32 and hashlib give the same; a change here is a new version of the format.
    [Fact]
    public void The_format_is_pinned() => Assert.Equal("6e0ee0dd5efcb64023623ad23e65d49c412cced3aad99bce3e3efc6b530553fb", BundleIndex.Hash(Bytes));

    [Fact]
    public void Any_unzip_program_opens_it()
    {
        using var zip = new ZipArchive(new MemoryStream(Bytes));
        Assert.Equal(["bundle.json", "empty.md", "experiments/tiers/mini.json", "results/mini/Table1/cells.csv", "results/mini/Table1/runs.csv"], zip.Entries.Select(entry => entry.FullName));
        using var reader = new StreamReader(zip.Entries[^1].Open());
        Assert.Equal("a,b\n1,2\n", reader.ReadToEnd());
    }

    [Fact]
    public void What_was_packed_is_read_without_fault_and_unpacked()
    {
        var bundle = Read(Bytes);
        bundle.Unpack(_scratch.Create("out"));

        Assert.Empty(bundle.Faults);
        Assert.Equal("mini", bundle.Index!.Tier);
        Assert.Equal("c\n", File.ReadAllText(_scratch.File("out/results/mini/Table1/cells.csv")));
    }

    [Fact]
    public void Every_flipped_bit_is_noticed()
    {
        for (var bit = 0; bit < 8 * Bytes.Length; bit += 9)   // each byte once, its bits in turn
        {
            var changed = Bytes.ToArray();
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.True(IsRefused(changed), $"bit {bit % 8} of byte {bit / 8}");
        }
    }

    [Fact]
    public void Every_cut_is_noticed_and_so_is_every_tail()
    {
        for (var length = 0; length < Bytes.Length; length++) Assert.True(IsRefused(Bytes[..length]), $"cut to {length} bytes");
        Assert.Equal("1 bytes were appended.", Assert.Single(Read([.. Bytes, 0]).Faults));
    }

    [Fact]
    public void A_cut_names_the_entry_that_it_goes_through()
    {
        var inside = Bytes.AsSpan().IndexOf("a,b\n1"u8) + 3;
        Assert.Equal("The archive is cut in results/mini/Table1/runs.csv: it holds 3 of 8 bytes.", Assert.Single(Read(Bytes[..inside]).Faults));
    }

    [Fact]
    public void Changed_missing_extra_renamed_and_doubled_files_are_named()
    {
        Assert.StartsWith("results/mini/Table1/cells.csv was changed: 2 bytes", Fault(files => files[3] = Entry(files[3].Path, "d\n")), StringComparison.Ordinal);
        Assert.Equal("empty.md is missing: bundle.json lists it.", Fault(files => files.RemoveAt(1)));
        Assert.Equal("notes.txt is not listed in bundle.json: it was added.", Fault(files => files.Add(Entry("notes.txt", "x"))));
        Assert.Equal("other.md is empty.md under another name: it was renamed.", Fault(files => files[1] = Entry("other.md", "")));
        Assert.Equal("empty.md stands 2 times.", Fault(files => files.Add(files[1])));
        Assert.Contains("empty.md stands 2 times.", Faults(files => files.Add(Entry("EMPTY.md", ""))));   // one file on some systems
    }

    [Theory]
    [InlineData("../x"), InlineData("/etc/x"), InlineData("a/../../x"), InlineData("a\\..\\x"), InlineData("C:/x"), InlineData("a//x"), InlineData("a/./x"), InlineData("x\u0007"), InlineData("x."), InlineData("dir/")]
    public void A_path_that_leads_out_is_refused_and_nothing_is_written(string path)
    {
        var bundle = Read(StoredZip.Write([.. Parts(), Entry(path, "x")]));

        Assert.Contains(bundle.Faults, fault => fault.Contains("is no plain relative path", StringComparison.Ordinal));
        Assert.Throws<InvalidOperationException>(() => bundle.Unpack(_scratch.Path));
    }

    [Fact]
    public void A_hostile_path_is_refused_even_when_the_index_lists_it() =>
        Assert.Contains("is no plain relative path", Assert.Single(Read(Bundle.Pack("mini", [.. Files, Entry("../x", "x")])).Faults), StringComparison.Ordinal);

    [Fact]
    public void A_hostile_tier_is_refused() => Assert.Contains("names tier \"../..\"", Assert.Single(Read(Bundle.Pack("../..", Files)).Faults), StringComparison.Ordinal);

    [Fact]
    public void Compressed_entries_are_refused_unread_in_one_line()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach (var part in Parts())
            {
                using var entry = zip.CreateEntry(part.Path).Open();
                entry.Write(part.Content.Span);
                entry.Write(new byte[1 << 20]);
            }
        }

        Assert.Contains("are compressed or encrypted, first bundle.json", Assert.Single(Read(stream.ToArray()).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void A_length_that_is_a_lie_is_refused()
    {
        var changed = Bytes.ToArray();
        changed[22]++;   // the unpacked length of the first entry
        Assert.Contains("without compression", Assert.Single(Read(changed).Faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Predictions_that_unpack_to_more_than_they_may_are_not_unpacked()
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest)) gzip.Write(new byte[1 << 20]);
        var members = (int)(Bundle.MaxPredictions >> 20) + 1;   // gzip files may be laid end to end
        var bomb = new BundleEntry("results/mini/Table1/predictions.Sketchy.csv.gz", Enumerable.Repeat(member.ToArray(), members).SelectMany(bytes => bytes).ToArray());

        var fault = Assert.Throws<ReproException>(() => Read(Bundle.Pack("mini", [bomb])).Unpack(_scratch.Create("out")));
        Assert.Contains("predictions.Sketchy.csv.gz unpacks to more than", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_scratch.File("out")));
    }

    [Fact]
    public void A_file_that_is_no_bundle_is_an_error_of_the_caller()
    {
        Assert.Contains("it is no zip archive", NoBundle("hello"u8.ToArray()), StringComparison.Ordinal);
        Assert.Contains("it is no zip archive", NoBundle([]), StringComparison.Ordinal);
        Assert.Contains("its first entry is not bundle.json", NoBundle(StoredZip.Write(Files)), StringComparison.Ordinal);
        Assert.Contains("of version 2; this program reads version 1", NoBundle(StoredZip.Write([Entry("bundle.json", Index().Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal)), .. Parts()[1..]])), StringComparison.Ordinal);
        Assert.Contains("does not exist", Assert.Throws<ReproException>(() => Bundle.Read(_scratch.File("absent.zip"))).Message, StringComparison.Ordinal);

        static string NoBundle(byte[] bytes) => Assert.Throws<ReproException>(() => Read(bytes)).Message;
    }

    [Fact]
    public void An_index_that_says_the_same_in_other_bytes_is_refused() =>
        Assert.Contains("it says the same in other bytes", Fault(files => files[0] = Entry("bundle.json", Index().Replace("\n  ", "\n ", StringComparison.Ordinal))), StringComparison.Ordinal);

    [Fact]
    public void Research_archives_are_told_every_file()
    {
        var crate = Newtonsoft.Json.Linq.JObject.Parse(Encoding.UTF8.GetString(RoCrate.Of("mini", new(2026, 1, 31), [.. Files, Entry("results/mini/T/predictions.NYU-Depth V2.csv.gz", "x")]).Content.Span));
        var entities = crate["@graph"]!.ToDictionary(entity => (string)entity["@id"]!);

        Assert.Equal("https://w3id.org/ro/crate/1.1/context", (string?)crate["@context"]);
        Assert.Equal("https://w3id.org/ro/crate/1.1", (string?)entities["ro-crate-metadata.json"]["conformsTo"]!["@id"]);
        Assert.Equal(("Dataset", "2026-01-31"), ((string?)entities["./"]["@type"], (string?)entities["./"]["datePublished"]));
        Assert.Contains("results/mini/T/predictions.NYU-Depth%20V2.csv.gz", entities.Keys);
        Assert.All(entities["./"]["hasPart"]!, part => Assert.Equal("File", (string?)entities[(string)part["@id"]!]["@type"]));
    }

    private static BundleEntry Entry(string path, string text) => new(path, Encoding.UTF8.GetBytes(text));

    private static BundleEntry[] Parts() => [.. StoredZip.Read(Bytes, []).Entries];

    private static string Index() => Encoding.UTF8.GetString(Parts()[0].Content.Span);

    private static string Fault(Action<List<BundleEntry>> change) => Assert.Single(Faults(change));

    private static IReadOnlyList<string> Faults(Action<List<BundleEntry>> change)
    {
        List<BundleEntry> parts = [.. Parts()];
        change(parts);
        return Read(StoredZip.Write(parts)).Faults;
    }

    private static Bundle Read(byte[] bytes) => Bundle.Read("bundle.zip", bytes);

    private static bool IsRefused(byte[] bytes)
    {
        try
        {
            return Read(bytes).Faults.Count > 0;
        }
        catch (ReproException)
        {
            return true;
        }
    }
}

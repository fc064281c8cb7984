using System.Formats.Tar;
using System.Text;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Datasets.Archives;
using Cmcd.Repro.Datasets.Download;
using Cmcd.Repro.Tests.Infrastructure;
using static Cmcd.Repro.Tests.Datasets.Archives.MadeArchive;

namespace Cmcd.Repro.Tests.Datasets.Archives;

/// <summary>Archives of other tools (Fixtures/, make_archives.sh) and hostile ones made here.</summary>
public sealed class ArchiveExtractorTests : IDisposable
{
    private static readonly ArchiveLimits Wide = new(1000, 100_000_000, 100_000);
    private static readonly string Fixtures = Path.Combine(Repository.Root, "tests", "Cmcd.Repro.Tests", "Datasets", "Archives", "Fixtures");

    private readonly ScratchFolder _scratch = new();

    private string Target => _scratch.File("out");

    public void Dispose() => _scratch.Dispose();

    [Theory]
    [InlineData("good.7z"), InlineData("good-one-by-one.7z"), InlineData("good.zip"), InlineData("good.tar.gz")]
    public void An_archive_of_another_tool_comes_out_byte_for_byte(string fixture)
    {
        var record = Extract(Path.Combine(Fixtures, fixture));

        var content = ArchiveExtractor.ContentOf(Target);
        Assert.Equal(
            ["empty.txt", "jack-o-lantern/n02691156_7027-1.png", "jack-o-lantern/n02691156_7027.jpg"],
            Directory.EnumerateFiles(content, "*", SearchOption.AllDirectories).Select(path => Path.GetRelativePath(content, path).Replace('\\', '/')).Order(StringComparer.Ordinal));
        Assert.Equal("alpha\n", File.ReadAllText(Path.Combine(content, "jack-o-lantern", "n02691156_7027.jpg")));
        Assert.Equal("beta\n", File.ReadAllText(Path.Combine(content, "jack-o-lantern", "n02691156_7027-1.png")));
        Assert.Equal(11, record.Bytes);
        Assert.True(ArchiveExtractor.IsWhole(Target, record.Sha256));
        Assert.False(ArchiveExtractor.IsWhole(Target, new string('0', 64)));
    }

    [Theory]
    [InlineData("out.7z", "../out.txt", "leaves the folder")]
    [InlineData("absolute.7z", "/out.txt", "absolute")]
    [InlineData("drive.7z", "C:/out.txt", "a drive, a stream or a wildcard")]
    [InlineData("device.7z", "sub/CON.txt", "a device on Windows")]
    [InlineData("case.7z", "EMPTY.TXT", "falls together with \"empty.txt\"")]
    [InlineData("link.7z", "out", "a link or a device")]
    [InlineData("encrypted.7z", "jack-o-lantern/n02691156_7027", "encrypted")]
    public void A_7z_with_a_hostile_entry_is_refused_by_name(string fixture, string entry, string why) =>
        Assert.Matches($"entry \"{System.Text.RegularExpressions.Regex.Escape(entry)}", RefusalOf(Path.Combine(Fixtures, fixture), why));

    [Fact]
    public void A_7z_whose_list_is_encrypted_is_refused() => RefusalOf(Path.Combine(Fixtures, "encrypted-names.7z"), "password");

    [Theory]
    [InlineData("../out.txt", "leaves the folder")]
    [InlineData("a/../../out.txt", "leaves the folder")]
    [InlineData("..\\out.txt", "leaves the folder")]
    [InlineData("/out.txt", "absolute")]
    [InlineData("\\\\host\\share\\out.txt", "absolute")]
    [InlineData("C:\\out.txt", "a drive")]
    [InlineData("a.txt:stream", "a drive, a stream")]
    [InlineData("NUL", "device")]
    [InlineData("a/lpt1.tar", "device")]
    [InlineData("A.TXT", "falls together")]
    [InlineData("a.txt/b", "falls together")]
    [InlineData("sub", "falls together")]
    [InlineData("SUB/c", "falls together")]
    [InlineData("a.txt", "falls together")]
    [InlineData("e\u0301.txt", "composed form")]
    public void A_zip_entry_is_refused_for_its_name(string name, string why)
    {
        var path = _scratch.File("made.zip");
        Zip(path, ["a.txt", "sub/b.txt", name]);
        Assert.Contains($"entry \"{name}\" is refused", RefusalOf(path, why), StringComparison.Ordinal);
        Assert.False(File.Exists(_scratch.File("out.txt")));
    }

    [Theory]
    [InlineData(0xA1FF)]   // a symbolic link
    [InlineData(0x61B6)]   // a block device
    public void A_zip_entry_that_is_a_link_or_device_is_refused(int mode)
    {
        var path = _scratch.File("made.zip");
        Zip(path, [("l", "/etc/passwd"u8.ToArray(), mode << 16)]);
        RefusalOf(path, "a link or a device");
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink), InlineData(TarEntryType.HardLink)]
    public void A_link_in_a_tar_is_refused_with_its_aim(TarEntryType type)
    {
        var path = _scratch.File("made.tar.gz");
        TarGz(path, [TarFile("a", "a"), TarLink(type, "l", "a"), TarFile("l/b", "b")]);
        RefusalOf(path, $"it is a {type} to \"a\"");
    }

    [Fact]
    public void A_pipe_in_a_tar_is_refused()
    {
        var path = _scratch.File("made.tar.gz");
        TarGz(path, [new PaxTarEntry(TarEntryType.Fifo, "p")]);
        RefusalOf(path, "it is a Fifo");
    }

    [Fact]
    public void A_tar_entry_that_leaves_the_folder_is_refused()
    {
        var path = _scratch.File("made.tar.gz");
        TarGz(path, [TarFile("./good/a", "a"), TarFile("./good/../../b", "b")]);
        RefusalOf(path, "leaves the folder");
    }

    [Theory]
    [InlineData(1_000_000, 100_000, "more than 1,000,000 bytes")]
    [InlineData(100_000_000, 50, "more than 50 times the archive's")]
    public void A_bomb_is_stopped_by_what_came_out_of_it(long bytes, int ratio, string why)
    {
        var path = _scratch.File("made.zip");
        Zip(path, [("zeros", new byte[4_000_000], 0)]);
        foreach (var bomb in new[] { path, Path.Combine(Fixtures, "zeros.7z") })
            RefusalOf(bomb, why, Wide with { Bytes = bytes, Ratio = ratio });
    }

    [Fact]
    public void Many_small_entries_are_stopped_at_their_limit()
    {
        var path = _scratch.File("made.zip");
        Zip(path, Enumerable.Range(0, 11).Select(number => $"{number}"));
        RefusalOf(path, "it is entry 11, and the catalogue allows 10", Wide with { Entries = 10 });
        Assert.Equal(11, Extract(path, Wide with { Entries = 11 }).Entries);
    }

    [Fact]
    public void An_archive_in_an_archive_stays_packed()
    {
        var (inner, outer) = (_scratch.File("inner.zip"), _scratch.File("outer.zip"));
        Zip(inner, [("zeros", new byte[4_000_000], 0)]);
        Zip(outer, [("inner.zip", File.ReadAllBytes(inner), 0)]);
        var record = Extract(outer, Wide with { Bytes = 1_000_000 });

        Assert.Equal((1, new FileInfo(inner).Length), (record.Entries, record.Bytes));
        Assert.Equal(File.ReadAllBytes(inner), File.ReadAllBytes(Path.Combine(ArchiveExtractor.ContentOf(Target), "inner.zip")));
    }

    /// <summary>Cut anywhere, also in the last bytes, where only a trailer or a directory is missing.</summary>
    [Theory]
    [InlineData("good.7z"), InlineData("good.zip"), InlineData("good.tar.gz")]
    public void A_cut_archive_is_damaged_wherever_it_is_cut(string fixture)
    {
        var bytes = File.ReadAllBytes(Path.Combine(Fixtures, fixture));
        for (var length = 0; length < bytes.Length; length += length > bytes.Length - 12 ? 1 : 17)
        {
            var path = _scratch.File(fixture);
            File.WriteAllBytes(path, bytes[..length]);
            RefusalOf(path, "is damaged");
        }
    }

    [Theory]
    [InlineData("made.zip"), InlineData("made.tar.gz"), InlineData("good-one-by-one.7z")]
    public void A_flipped_bit_in_the_content_is_damage(string name)
    {
        var path = _scratch.File(name);
        var text = string.Concat(Enumerable.Range(0, 500).Select(number => $"{number * number % 1009} "));
        if (name == "made.zip") Zip(path, [("a", Encoding.ASCII.GetBytes(text), 0)]);
        else if (name == "made.tar.gz") TarGz(path, [TarFile("a", text)]);
        else File.Copy(Path.Combine(Fixtures, name), path);
        var bytes = File.ReadAllBytes(path);
        bytes[name.EndsWith(".7z", StringComparison.Ordinal) ? 36 : bytes.Length / 2] ^= 0x10;
        File.WriteAllBytes(path, bytes);
        RefusalOf(path, "is damaged");
    }

    [Fact]
    public void An_archive_that_changed_after_its_check_is_refused()
    {
        var path = _scratch.File("made.zip");
        Zip(path, "a");
        var fault = Assert.Throws<DatasetUnavailableException>(() => ArchiveExtractor.Extract(path, new string('0', 64), Wide, Target, (_, _) => { }, default));
        Assert.Contains("has changed since it was checked", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_stopped_extraction_leaves_nothing_and_the_next_one_is_whole()
    {
        var path = _scratch.File("made.zip");
        Zip(path, Enumerable.Range(0, 20).Select(number => $"{number}"));
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => Extract(path, Wide, (entries, _) => { if (entries == 7) stop.Cancel(); }, stop.Token));
        Assert.False(Directory.Exists(Target));

        Assert.Equal(20, Extract(path).Entries);
    }

    [Fact]
    public void What_a_kill_left_behind_is_neither_believed_nor_mixed_in()
    {
        Directory.CreateDirectory(ArchiveExtractor.ContentOf(Target + ".new"));
        File.WriteAllText(Path.Combine(ArchiveExtractor.ContentOf(Target + ".new"), "half"), "half");
        Directory.CreateDirectory(ArchiveExtractor.ContentOf(Target));
        File.WriteAllText(Path.Combine(ArchiveExtractor.ContentOf(Target), "old"), "old");
        var path = _scratch.File("made.zip");
        Zip(path, "a");
        Assert.False(ArchiveExtractor.IsWhole(Target, FileDigest.Of(path).Sha256));

        Extract(path);
        Assert.Equal(["a"], Directory.EnumerateFiles(ArchiveExtractor.ContentOf(Target)).Select(Path.GetFileName));
    }

    [Fact]
    public void Another_ending_is_refused_with_the_known_ones()
    {
        var path = _scratch.File("made.rar");
        File.WriteAllText(path, "Rar!");
        RefusalOf(path, ".zip, .7z, .tar.gz");
    }

    private ExtractionRecord Extract(string archive, ArchiveLimits? limits = null, Action<int, long>? progress = null, CancellationToken stop = default) =>
        ArchiveExtractor.Extract(archive, FileDigest.Of(archive, CancellationToken.None).Sha256, limits ?? Wide, Target, progress ?? ((_, _) => { }), stop);

    private string RefusalOf(string archive, string why, ArchiveLimits? limits = null)
    {
        var fault = Assert.Throws<DatasetUnavailableException>(() => Extract(archive, limits));
        Assert.Contains(why, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
        Assert.False(Directory.Exists(Target));
        Assert.False(Directory.Exists(Target + ".new"));
        return fault.Message;
    }
}

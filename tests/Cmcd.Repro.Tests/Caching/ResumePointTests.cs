using Cmcd.Repro.Caching;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Caching;

public sealed class ResumePointTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Newest_point_is_loaded_and_the_one_before_is_gone()
    {
        Save("first", 1);
        Save("second", 2);

        var point = ResumePoint.TryLoad(_scratch.Path, out var reason);

        Assert.Equal("found", reason);
        Assert.Equal("second", File.ReadAllText(point!.DataFile));
        Assert.Equal("2", point.Facts["epoch"]);
        Assert.Equal(["resume-2.bin", "resume.json"], Names());
    }

    [Fact]
    public void Empty_folder_has_no_point()
    {
        Assert.Null(ResumePoint.TryLoad(_scratch.Path, out var reason));
        Assert.Equal("no resume point was saved", reason);
    }

    [Fact]
    public void Writer_that_dies_half_way_leaves_the_point_before()
    {
        Save("first", 1);

        Assert.Throws<InvalidOperationException>(() => ResumePoint.Save(_scratch.Path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }, new Dictionary<string, string>()));

        Assert.Equal("first", Load());
    }

    [Fact]
    public void Killed_between_data_file_and_pointer_the_point_before_is_loaded()
    {
        Save("first", 1);
        File.WriteAllText(_scratch.File("resume-2.bin"), "second");
        File.WriteAllText(_scratch.File("resume.json.tmp"), "{ half");

        Assert.Equal("first", Load());
        Save("third", 3);
        Assert.Equal("third", Load());
        Assert.Equal(["resume-2.bin", "resume.json"], Names());
    }

    [Fact]
    public void Killed_before_the_old_data_file_was_removed_the_new_point_is_loaded_and_the_old_swept_later()
    {
        Save("first", 1);
        Save("second", 2);
        File.WriteAllText(_scratch.File("resume-1.bin"), "first");

        Assert.Equal("second", Load());
        Save("third", 3);
        Assert.Equal(["resume-3.bin", "resume.json"], Names());
    }

    [Theory]
    [InlineData("flipped data", "resume-1.bin does not match its SHA-256; set aside as resume-1.bin.damaged-1")]
    [InlineData("cut data", "resume-1.bin does not match its SHA-256; set aside as resume-1.bin.damaged-1")]
    [InlineData("no data", "resume-1.bin is missing")]
    [InlineData("flipped pointer", "resume.json does not match its own SHA-256; set aside as resume.json.damaged-1")]
    [InlineData("empty pointer", "resume.json does not match its own SHA-256; set aside as resume.json.damaged-1")]
    public void Damaged_point_is_set_aside_and_reported_and_saving_goes_on(string damage, string fault)
    {
        Save("first", 1);
        var (data, pointer) = (_scratch.File("resume-1.bin"), _scratch.File("resume.json"));
        switch (damage)
        {
            case "flipped data": File.WriteAllText(data, "firsT"); break;
            case "cut data": File.WriteAllText(data, "fir"); break;
            case "no data": File.Delete(data); break;
            case "flipped pointer": File.WriteAllText(pointer, File.ReadAllText(pointer).Replace("\"epoch\": \"1\"", "\"epoch\": \"9\"", StringComparison.Ordinal)); break;
            default: File.WriteAllText(pointer, ""); break;
        }

        Assert.Null(ResumePoint.TryLoad(_scratch.Path, out var reason));
        Assert.Equal("damaged: " + fault, reason);
        Assert.Null(ResumePoint.TryLoad(_scratch.Path, out reason));
        Assert.Equal("no resume point was saved", reason);
        Save("next", 2);
        Assert.Equal("next", Load());
    }

    [Fact]
    public void Full_disk_is_said_and_the_point_before_stays()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;   // /dev/full exists only there
        }

        Save("first", 1);
        File.CreateSymbolicLink(_scratch.File("resume-2.bin.tmp"), "/dev/full");

        var fault = Assert.Throws<ReproException>(() => Save("second", 2));

        Assert.Contains("No space left", fault.Message, StringComparison.Ordinal);
        Assert.Equal("first", Load());
    }

    private void Save(string state, int epoch) => ResumePoint.Save(
        _scratch.Path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(state)), new Dictionary<string, string> { ["epoch"] = $"{epoch}" });

    private string? Load() => ResumePoint.TryLoad(_scratch.Path, out _) is { } point ? File.ReadAllText(point.DataFile) : null;

    private string[] Names() => [.. Directory.EnumerateFiles(_scratch.Path).Select(path => Path.GetFileName(path)).Order()];
}

using Cmcd.Repro.Commands.Doctor;
using Cmcd.Repro.Tests.Datasets;
using Cmcd.Repro.Tests.Infrastructure;

namespace Cmcd.Repro.Tests.Commands;

/// <summary>Each check made to fail. A full disk cannot be made without a file system of its own; a folder that refuses writing is the nearest.</summary>
public sealed class DoctorTests : IDisposable
{
    private readonly ScratchFolder _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void A_library_that_demands_newer_symbols_than_the_system_has_is_named_with_the_true_cause()
    {
        if (!OperatingSystem.IsLinux()) return;
        var runtime = _scratch.File("libstdc++.so.6");
        File.WriteAllText(runtime, "\0GLIBCXX_3.4\0GLIBCXX_3.4.9\0GLIBCXX_3.4.11\0GLIBCXX_FORCE_NEW\0");
        var found = NativeChecks.SymbolVersions(NativeChecks.Library, runtime);

        Assert.Equal(Health.Failure, found.Health);
        Assert.Matches(@"demands GLIBCXX_3\.4\.\d+, .* ends at GLIBCXX_3\.4\.11$", found.Found);
        Assert.Contains("Directory.Build.targets", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_of_this_build_fits_this_system()
    {
        if (!OperatingSystem.IsLinux()) return;
        Assert.Equal(Health.Ok, NativeChecks.SymbolVersions(NativeChecks.Library, NativeChecks.Runtime).Health);
    }

    [Fact]
    public void A_weak_demand_becomes_a_failure_when_its_mark_is_taken_off()
    {
        if (!OperatingSystem.IsLinux()) return;
        var library = File.ReadAllBytes(NativeChecks.Library);
        var weak = ElfVersions.Needed(library).Where(need => need.Weak).Select(need => need.Version).ToArray();
        if (weak.Length == 0) return;   // a system that needed no patch
        Assert.Equal(["GLIBCXX_3.4.32"], weak);

        // vna_hash, vna_flags: the entry is found by the ELF hash of the version's name.
        var hash = "GLIBCXX_3.4.32".Aggregate(0u, (h, c) => { h = (h << 4) + c; var high = h & 0xF0000000; return (h ^ (high >> 24)) & ~high; });
        var at = library.AsSpan().IndexOf((byte[])[.. BitConverter.GetBytes(hash), 2, 0]);
        library[at + 4] = 0;
        File.WriteAllBytes(_scratch.File("strong.so"), library);

        var found = NativeChecks.SymbolVersions(_scratch.File("strong.so"), NativeChecks.Runtime);
        Assert.Equal(Health.Failure, found.Health);
        Assert.StartsWith("strong.so demands GLIBCXX_3.4.32", found.Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0), InlineData(10), InlineData(64), InlineData(4096)]
    public void A_cut_library_is_told(int length)
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllBytes(_scratch.File("cut.so"), File.ReadAllBytes(NativeChecks.Library)[..length]);
        Assert.Equal(Health.Failure, NativeChecks.SymbolVersions(_scratch.File("cut.so"), NativeChecks.Runtime).Health);
        Assert.Contains("does not exist", NativeChecks.SymbolVersions(_scratch.File("absent.so"), NativeChecks.Runtime).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_loader_that_refuses_is_quoted()
    {
        var found = NativeChecks.Loads(1, () => throw new DllNotFoundException("libgomp.so.1: cannot open shared object file"));
        Assert.Equal(Health.Failure, found.Health);
        Assert.Contains("libgomp.so.1", found.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void A_good_folder_passes_and_is_left_as_it_was()
    {
        var folder = _scratch.File("new");
        Assert.Equal(["x: flush", "x: rename", "x: lock", "x: time stamps"], DiskChecks.Semantics("x", folder).Select(finding => finding.Name));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public void A_folder_that_cannot_be_made_fails_with_the_option_that_moves_it()
    {
        File.WriteAllText(_scratch.File("file"), "");   // rights would not stop root, a file in the way does
        var found = Assert.Single(DiskChecks.Semantics("cache", _scratch.File("file")));

        Assert.Equal((Health.Failure, "cache: rights"), (found.Health, found.Name));
        Assert.Contains("--cache=DIR", found.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_the_right_to_write_fails()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) return;   // root may write anywhere
        File.SetUnixFileMode(_scratch.Create("read-only"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Assert.Equal(Health.Failure, Assert.Single(DiskChecks.Semantics("cache", _scratch.File("read-only"))).Health);
    }

    [Theory]
    [InlineData(1L, 0), InlineData(long.MaxValue / 10, 2)]
    public void Too_little_room_fails(long needed, int health) => Assert.Equal((Health)health, DiskChecks.Space("cache", _scratch.File("not/yet/there"), needed, "test").Health);

    [Theory]
    [InlineData(399_000_000, 2), InlineData(500_000_000, 1), InlineData(2_000_000_000, 0)]
    public void Too_little_memory_fails(long available, int health) => Assert.Equal((Health)health, MachineChecks.Memory(available).Health);

    [Theory]
    [InlineData(0.1, 0), InlineData(1.5, 1)]
    public void A_busy_machine_is_told(double busy, int health) => Assert.Equal((Health)health, MachineChecks.Load(busy, 2).Health);

    [Fact]
    public void A_clock_that_cannot_be_is_told()
    {
        var now = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Assert.Equal(Health.Ok, MachineChecks.Clock(now, now.AddDays(-1), TimeSpan.Zero).Health);
        Assert.Equal(Health.Ok, MachineChecks.Clock(now, null, TimeSpan.Zero).Health);
        Assert.StartsWith("the clock stands before", MachineChecks.Clock(new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc), null, TimeSpan.Zero).Found, StringComparison.Ordinal);
        Assert.StartsWith("the clock jumped", MachineChecks.Clock(now, null, TimeSpan.FromSeconds(-1)).Found, StringComparison.Ordinal);
        Assert.StartsWith("results are from the future", MachineChecks.Clock(now, now.AddDays(1), TimeSpan.Zero).Found, StringComparison.Ordinal);
    }

    [Fact]
    public void Damaged_data_fail_by_name()
    {
        var data = _scratch.Create("data");
        File.WriteAllText(Path.Combine(data, "packs.json"), "{}");
        var found = MachineChecks.Data(data, DataFolder.Generated);

        Assert.Equal(Health.Failure, found.Health);
        Assert.Contains("packs.json", found.Found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_trap_of_a_generic_BLAS_is_told_by_ratios()
    {
        var healthy = new TorchChecks.Speeds(Matmul: 60, Wide: 60, Narrow: 50, WideBf16: 110);
        Assert.Equal([Health.Ok, Health.Ok], [TorchChecks.Matmul(healthy).Health, TorchChecks.OneByOne(healthy).Health]);
        Assert.Equal([Health.Warning, Health.Warning], [TorchChecks.Matmul(healthy with { Matmul = 4 }).Health, TorchChecks.OneByOne(healthy with { Narrow = 5 }).Health]);
        Assert.Contains("the default of the mini and smoke tiers pays", TorchChecks.Bf16(healthy).Found, StringComparison.Ordinal);
        Assert.Contains("does not pay", TorchChecks.Bf16(healthy with { WideBf16 = 20 }).Found, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1.0, 0), InlineData(2, 1.5, 0), InlineData(2, 0.7, 1)]
    public void Threads_that_do_not_pay_are_told(int threads, double gain, int health) => Assert.Equal((Health)health, TorchChecks.Scaling(threads, gain).Health);

    [Fact]
    public void Three_steps_repeat_themselves_and_other_bits_would_fail()
    {
        var hash = TorchChecks.HashAfterThreeSteps();
        Assert.Equal(Health.Ok, TorchChecks.Replay(hash, TorchChecks.HashAfterThreeSteps()).Health);
        Assert.Equal(Health.Failure, TorchChecks.Replay(hash, new string('0', 64)).Health);
    }

    [Fact]
    public void A_GPU_that_was_asked_for_and_is_not_there_fails()
    {
        if (TorchSharp.torch.cuda.is_available()) return;
        Assert.Equal([Health.Ok, Health.Failure], [TorchChecks.Gpu("cpu").Health, TorchChecks.Gpu("cuda").Health]);
    }

    [Fact]
    public void Start_up_settings_are_in_force_here() => Assert.Equal("GOMP_SPINCOUNT 1000, large blocks kept", StartUpChecks.Of().Found);
}

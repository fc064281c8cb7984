using System.Diagnostics;
using System.Globalization;
using Cmcd.Repro.Augmentations;
using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;
using Cmcd.Repro.Models;
using Cmcd.Repro.Optimizers;
using Cmcd.Repro.Pipeline;
using Cmcd.Repro.Runtime;
using Spectre.Console;
using static TorchSharp.torch;

namespace Cmcd.Repro.Commands;

/// <summary>Times the student's supervised training step beside PyTorch, in turns within one run, and where a distillation step's time goes.</summary>
internal sealed class BenchCommand(ProjectFolders folders, string tier, int threads, int rounds)
{
    private const int StepsPerRound = 60;
    private const int Classes = 10;
    private static readonly string[] PyTorchVariants = ["nchw", "nchw-foreach", "channels_last", "channels_last-foreach", "nchw-bf16", "channels_last-foreach-bf16"];

    public int Execute()
    {
        TorchRuntime.Start(threads);
        var experiment = new ExperimentFiles(folders.Experiments).Load("Table1", tier, null);
        var cell = experiment.Cell("CMC+LE", "Sketchy");
        var batch = cell.Step1.BatchSize;
        var size = cell.Step1.Views.Size;
        Console.WriteLine($"Student: {cell.Student.Architecture}, width {cell.Student.Width}, {cell.Student.Stem} stem, [{batch}, {cell.Student.InputChannels}, {size}, {size}], Adam, cross-entropy; {threads} threads.");

        var contestants = new List<(string Name, Func<int, double> Seconds)>();
        var ours = new List<IDisposable>();
        foreach (var precision in Enum.GetValues<Experiments.Precision>())
        {
            var step = new SupervisedStep(cell.Student with { Precision = precision }, batch, size);
            ours.Add(step);
            contestants.Add(($"Cmcd.Repro {precision}", step.Seconds));
        }

        using var python = PyTorch.Start(Path.Combine(folders.Root, "build", "bench", "pytorch_step.py"), cell.Student.Width, batch, size, Classes, threads);
        if (python is null) Console.WriteLine("No python3 with torch found: only our own side is timed (Debian: apt-get install python3-torch).");
        else contestants.AddRange(PyTorchVariants.Select(variant => ($"{python.Version} {variant}", (Func<int, double>)(steps => python.Seconds(variant, steps)))));

        foreach (var (_, seconds) in contestants) seconds(StepsPerRound / 3);   // warm-up
        var rates = contestants.Select(_ => new double[rounds]).ToArray();
        for (var round = 0; round < rounds; round++)
            for (var i = 0; i < contestants.Count; i++)
                rates[i][round] = StepsPerRound * batch / contestants[i].Seconds(StepsPerRound);

        PrintRates(contestants, rates);
        PrintMemory(contestants[0].Seconds);
        foreach (var step in ours) step.Dispose();
        PrintShares(cell, experiment.Tier);
        return ExitCodes.Success;
    }

    /// <summary>A leak of a kilobyte a step would show as 2 MB here.</summary>
    private static void PrintMemory(Func<int, double> steps)
    {
        steps(200);
        var early = Environment.WorkingSet;
        steps(1800);
        var late = Environment.WorkingSet;
        Console.WriteLine($"Resident size after 200 steps {early / 1e6:F1} MB, after 2,000 steps {late / 1e6:F1} MB ({(late - early) * 100.0 / early:+0.0;-0.0} %).");
    }

    private static void PrintRates(List<(string Name, Func<int, double> Seconds)> contestants, double[][] rates)
    {
        var medians = rates.Select(Median).ToArray();
        var others = Enumerable.Range(0, contestants.Count).Where(i => !contestants[i].Name.StartsWith("Cmcd", StringComparison.Ordinal)).ToArray();
        var bestFp32 = Best(others.Where(i => !contestants[i].Name.EndsWith("bf16", StringComparison.Ordinal)));
        var best = Best(others);
        var table = new Table().AddColumns("training step", "images/s median", "min", "max");
        if (bestFp32 is not null) table.AddColumns("ratio to PyTorch's best fp32 (range over rounds)", "to its best at all");
        for (var i = 0; i < contestants.Count; i++)
        {
            var cells = new List<string> { contestants[i].Name, $"{medians[i]:N0}", $"{rates[i].Min():N0}", $"{rates[i].Max():N0}" };
            if (bestFp32 is { } reference)
            {
                var ratios = rates[i].Zip(rates[reference], (a, b) => a / b).ToArray();
                cells.Add($"{Median(ratios):F2} ({ratios.Min():F2} – {ratios.Max():F2})");
                cells.Add($"{Median([.. rates[i].Zip(rates[best!.Value], (a, b) => a / b)]):F2}");
            }

            table.AddRow([.. cells]);
        }

        AnsiConsole.Write(table);

        int? Best(IEnumerable<int> candidates) => candidates.Select(i => (int?)i).MaxBy(i => medians[i!.Value]);
    }

    /// <summary>One CMC step of the mini tier, part by part.</summary>
    private void PrintShares(CellSettings cell, TierSettings tier)
    {
        var settings = ((DistillationStep2)cell.Step2).Settings;
        var role = (DatasetSettings)tier.Roles[cell.Pairs];
        var pairs = new DatasetCatalogue(folders.Data, folders.Generated).Pairs(role.Name, role.Limit);
        using var teacher = Networks.CreateEncoder(cell.Teacher, 0, CPU).Frozen();
        using var student = Networks.CreateEncoder(cell.Student, 1, CPU);
        using var objective = new DistillationObjective(settings, teacher, student, 0, CPU);
        using var adam = new Adam([.. student.parameters(), .. objective.Projector!.parameters()]);
        var target = new ViewAugmentation(Networks.Views(settings.Views, pairs.Target.Background), 0);
        var source = new ViewAugmentation(Networks.Views(settings.Views, pairs.Source.Background), 0);
        var batches = new Batches("The set of pairs", pairs.Target.Count, settings.BatchSize, 0);
        var parts = new (string Name, double Seconds)[] { ("read", 0), ("augment", 0), ("teacher forward", 0), ("student forward", 0), ("projector and loss", 0), ("backward", 0), ("optimiser", 0) };
        var warmUp = Math.Min(20, batches.PerEpoch);
        for (var step = 0; step < warmUp + (rounds * 20); step++)
        {
            using var scope = NewDisposeScope();
            if (step == warmUp) for (var i = 0; i < parts.Length; i++) parts[i].Seconds = 0;
            var ids = batches.Of(step).ToArray();
            var photos = Array.ConvertAll(ids, id => pairs.SourceOfTarget[id]);
            var (drawn, seen) = Time(0, () => (pairs.Target.Read(ids), pairs.Source.Read(photos)));
            var (x, y) = Time(1, () => (target.Apply(drawn, ids, 0, 0, 0), source.Apply(seen, ids, 0, 0, 1)));
            var theirs = Time(2, () => { using var noGradient = no_grad(); return teacher.call(y); });
            var features = Time(3, () => student.call(x));
            var value = Time(4, () => objective.OfFeatures(features, theirs, tensor(Array.ConvertAll(photos, id => (long)id))));
            Time(5, () => { adam.ZeroGradients(); value.backward(); return 0; });
            Time(6, () => { adam.Step(settings.LearningRate); return 0; });
        }

        var total = parts.Sum(part => part.Seconds);
        Console.WriteLine($"One CMC distillation step, batch {settings.BatchSize}: {total / (rounds * 20) * 1000:F1} ms, {settings.BatchSize * rounds * 20 / total:N0} pairs/s. Data are made in the same thread, so nothing waits:");
        Console.WriteLine("  " + string.Join(", ", parts.Select(part => $"{part.Name} {part.Seconds / total:P0}")));

        T Time<T>(int part, Func<T> work)
        {
            var started = Stopwatch.GetTimestamp();
            var result = work();
            parts[part].Seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;
            return result;
        }
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Forward, backward and Adam of the student with a ten-class head on one fixed batch.</summary>
    private sealed class SupervisedStep : IDisposable
    {
        private readonly Encoder _encoder;
        private readonly LinearHead _head;
        private readonly Adam _adam;
        private readonly Tensor _images, _labels;

        public SupervisedStep(EncoderSettings settings, int batch, int size)
        {
            _encoder = Networks.CreateEncoder(settings, 0, CPU);
            _head = new LinearHead(_encoder.FeatureDimension, Classes, 0);
            _adam = new Adam([.. _encoder.parameters(), .. _head.parameters()]);
            _images = zeros(batch, settings.InputChannels, size, size).add_(linspace(0, 1, size)).DetachFromDisposeScope();
            _labels = arange(batch).remainder(Classes).DetachFromDisposeScope();
        }

        public double Seconds(int steps)
        {
            var started = Stopwatch.GetTimestamp();
            for (var step = 0; step < steps; step++)
            {
                using var scope = NewDisposeScope();
                var loss = nn.functional.cross_entropy(_head.call(_encoder.call(_images)), _labels);
                _adam.ZeroGradients();
                loss.backward();
                _adam.Step(1e-3);
                loss.item<float>();
            }

            return Stopwatch.GetElapsedTime(started).TotalSeconds;
        }

        public void Dispose()
        {
            _adam.Dispose();
            _head.Dispose();
            _encoder.Dispose();
            _images.Dispose();
            _labels.Dispose();
        }
    }

    /// <summary>The PyTorch side: a child process that runs steps when asked and idles in between.</summary>
    private sealed class PyTorch(Process process, string version) : IDisposable
    {
        public string Version { get; } = version;

        public static PyTorch? Start(string script, params int[] arguments)
        {
            foreach (var interpreter in (string[])["/usr/bin/python3", "python3"])
            {
                var start = new ProcessStartInfo(interpreter) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
                start.Environment["GOMP_SPINCOUNT"] = "1000";   // the same start-up setting that our own side has
                start.ArgumentList.Add(script);
                foreach (var argument in arguments) start.ArgumentList.Add(argument.ToString(CultureInfo.InvariantCulture));
                try
                {
                    var process = Process.Start(start)!;
                    process.ErrorDataReceived += (_, _) => { };
                    process.BeginErrorReadLine();
                    if (process.StandardOutput.ReadLine() is { } version) return new(process, version);
                }
                catch (System.ComponentModel.Win32Exception)
                {
                    // This interpreter is not installed; the next one may be.
                }
            }

            return null;
        }

        public double Seconds(string variant, int steps)
        {
            process.StandardInput.WriteLine($"{variant} {steps.ToString(CultureInfo.InvariantCulture)}");
            process.StandardInput.Flush();
            return double.Parse(
                process.StandardOutput.ReadLine() ?? throw new ReproException($"The PyTorch side of the benchmark ended while it ran {variant}."), CultureInfo.InvariantCulture);
        }

        public void Dispose()
        {
            process.StandardInput.Close();
            process.WaitForExit();
            process.Dispose();
        }
    }
}

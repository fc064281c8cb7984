using System.CommandLine;
using System.Runtime.InteropServices;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Commands;

/// <summary>Arguments → command → exit code. Nothing a user can mend shows a stack trace.</summary>
internal static class CommandLine
{
    public static int Run(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        try
        {
            var parsed = Build(stop.Token).Parse(args);
            if (parsed.Errors.Count == 0) return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });

            foreach (var error in parsed.Errors) Console.Error.WriteLine(error.Message);
            Console.Error.WriteLine("See --help for what is allowed.");
            return ExitCodes.CouldNotRun;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Interrupted. Finished stages and the state of the running one are kept: the same command goes on from here.");
            return ExitCodes.Interrupted;
        }
        catch (ReproException problem)
        {
            Console.Error.WriteLine(problem.Message);
            return ExitCodes.CouldNotRun;
        }
        catch (Exception bug)
        {
            Console.Error.WriteLine($"This is a bug in Cmcd.Repro, not in your input. Please report it with this text.{Environment.NewLine}{bug}");
            return ExitCodes.Bug;
        }
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        signal.Cancel = true;
        if (stop.IsCancellationRequested) return;
        Console.Error.WriteLine("Stopping after the current step, with its state saved ...");
        stop.Cancel();
    }

    private static RootCommand Build(CancellationToken stop)
    {
        var table = new Argument<string>("table") { Description = "Name of a file in experiments/, without .json." };
        var tier = new Option<string>("--tier") { Description = "Scale of the run: a file in experiments/tiers/.", DefaultValueFactory = _ => "mini" };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds of the experiment file to run.", DefaultValueFactory = _ => 1 };
        var init = new Option<string?>("--init") { Description = "Start of students and of Sup FT: source (the teacher's weights), random, or both; the table's own when absent." };
        var split = new Option<string>("--split") { Description = "Labelled split that is scored: test, or validation while a design is chosen.", DefaultValueFactory = _ => "test" };
        var columns = new Option<string?>("--columns") { Description = "Columns of the table to measure, as in Sketchy,TUBerlin; all when absent." };
        var device = new Option<string>("--device") { Description = "cpu or cuda.", DefaultValueFactory = _ => "cpu" };
        var threads = new Option<int>("--threads") { Description = "libtorch's threads. They change the last bits, so they are part of every stage key.", DefaultValueFactory = _ => 2 };
        var precision = new Option<string?>("--precision") { Description = "fp32, or bf16 convolutions over fp32 weights; the tier's own when absent." };
        var data = new Option<string?>("--data") { Description = "Folder of the data sets; experiments/data when absent." };
        var cache = new Option<string?>("--cache") { Description = "Folder of finished stages; .cache when absent." };
        var results = new Option<string?>("--results") { Description = "Folder of the CSV files; results when absent." };
        var imageNet = new Option<string?>("--imagenet") { Description = "ImageNet's validation set, a folder a class (n01440764 and on): imported weights must reach their published accuracy on it." };
        var offline = new Option<bool>("--offline") { Description = "Never use the network. Only datasets --name ever does." };
        var progress = new Option<string>("--progress") { Description = "auto (live with a terminal, else a line a stage), stages, or steps (a line an update).", DefaultValueFactory = _ => "auto" };
        var rounds = new Option<int>("--rounds") { Description = "Interleaved rounds of the benchmark.", DefaultValueFactory = _ => 7 };
        var strict = new Option<bool>("--strict") { Description = "Let verdicts decide the exit code: 1 where one is CONTRADICTED; for a report also 2 where one is INCONCLUSIVE or STALE, 4 if none was tested." };
        OneOf(init, "source", "random", "both");
        OneOf(split, "test", "validation");
        OneOf(device, "cpu", "cuda");
        OneOf(precision, "fp32", "bf16");
        OneOf(progress, "auto", "stages", "steps");
        AtLeastOne(seeds);
        AtLeastOne(threads);
        AtLeastOne(rounds);

        var run = new Command("run", "Measure every cell of a table and write its CSV files.")
        {
            table, tier, seeds, columns, init, split, device, threads, precision, data, cache, results, imageNet, offline, progress,
        };
        RunOptions OptionsOf(ParseResult parsed, string which) => new(
            which, parsed.GetRequiredValue(tier), parsed.GetRequiredValue(seeds), InitsOf(parsed.GetValue(init)), parsed.GetValue(split) ?? "test",
            parsed.GetRequiredValue(device), parsed.GetRequiredValue(threads), PrecisionOf(parsed.GetValue(precision)), ProjectFolders.Find(parsed.GetValue(data), parsed.GetValue(cache), parsed.GetValue(results), parsed.GetValue(imageNet)),
            parsed.GetValue(progress) ?? "auto", parsed.GetValue(columns)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries));
        run.SetAction(parsed =>
        {
            var options = OptionsOf(parsed, parsed.GetRequiredValue(table));
            return ExperimentRuns.Open(options, new RunSession(options.Folders), stop).Execute();
        });

        var planned = new Option<string>("--table") { Description = "An experiment, or all.", DefaultValueFactory = _ => ExperimentRuns.All };
        var plan = new Command("plan", "Say what would run and how long it would take here: stages, what is stored and why not, timed steps. Runs and writes nothing.")
        {
            planned, tier, seeds, columns, init, split, device, threads, precision, data, cache, imageNet, offline,
        };
        plan.SetAction(parsed => new PlanCommand(OptionsOf(parsed, parsed.GetRequiredValue(planned)), stop).Execute());

        var reproduce = new Command("reproduce", "Run every experiment, sharing stages; say beforehand how long it takes and afterwards how far that was off.")
        {
            tier, seeds, device, threads, data, cache, results, imageNet, offline, progress,
        };
        reproduce.SetAction(parsed => new ReproduceCommand(OptionsOf(parsed, ExperimentRuns.All), stop).Execute());

        var name = new Option<string?>("--name") { Description = "A paper data set to fetch, as in sketchy or vggsound/*.tar.gz, or all; --data is then the folder where you put files you obtained yourself." };
        var sources = new Option<string?>("--sources") { Description = "Catalogue of the paper's data sets; experiments/data/sources.json when absent." };
        var datasets = new Command("datasets", "Verify the embedded data, list it, draw contact sheets; or fetch the paper's data (--name).") { name, data, cache, offline, sources };
        datasets.SetAction(parsed => parsed.GetValue(name) is { } wanted
            ? new FetchCommand(ProjectFolders.Find(null, parsed.GetValue(cache), null), wanted, parsed.GetValue(data), parsed.GetValue(sources), parsed.GetValue(offline), stop).Execute()
            : DatasetsCommand.Execute(ProjectFolders.Find(parsed.GetValue(data), parsed.GetValue(cache), null)));

        var one = new Option<string>("--table") { Description = "A table, or all that have approved numbers or results in the tier.", DefaultValueFactory = _ => "all" };
        var reason = new Option<string>("--reason") { Description = "Why the approved numbers change; it goes into the log.", Required = true };
        var by = new Option<string?>("--by") { Description = "Who approves; git's user.name when absent." };
        var variance = new Option<string[]>("--variance") { Description = "Results folder of the same table made with other --threads, --precision or on another processor: its shifts become the tolerance. May be repeated." };
        var verify = new Command("verify", "Compare results with the approved numbers.") { tier, one, results };
        verify.SetAction(parsed => new VerifyCommand(
            ProjectFolders.Find(null, null, parsed.GetValue(results)), parsed.GetRequiredValue(tier), parsed.GetRequiredValue(one)).Execute());
        var approve = new Command("approve", "Make results the approved numbers, with a reason in the log.") { reason, tier, one, variance, by, results };
        approve.SetAction(parsed => new ApproveCommand(
            ProjectFolders.Find(null, null, parsed.GetValue(results)), parsed.GetRequiredValue(tier), parsed.GetRequiredValue(one),
            new ApprovalRequest(parsed.GetRequiredValue(reason), parsed.GetValue(by), parsed.GetValue(variance) ?? []), TimeProvider.System).Execute());

        var bench = new Command("bench", "Time the student's training step beside PyTorch.") { tier, threads, rounds, data };
        bench.SetAction(parsed => new BenchCommand(
            ProjectFolders.Find(parsed.GetValue(data), null, null), parsed.GetRequiredValue(tier), parsed.GetRequiredValue(threads), parsed.GetRequiredValue(rounds)).Execute());

        var tables = new Option<int>("--rounds") { Description = "Made-up results a line.", DefaultValueFactory = _ => 1000 };
        AtLeastOne(tables);
        var calibrate = new Command("calibrate", "Measure the verdict engine on made-up results with a known truth.") { tables };
        calibrate.SetAction(parsed => CalibrateCommand.Execute(parsed.GetRequiredValue(tables), stop));

        var cell = new Argument<string>("cell") { Description = "table/row/column, as in Table1/CMC+LE/Sketchy; the protocol is part of the row." };
        var explain = new Command("explain", "Say what made one number: runs, stages, settings, data, machine, and how to make it again.") { cell, tier, results };
        explain.SetAction(parsed => ExplainCommand.Execute(parsed.GetRequiredValue(cell), parsed.GetRequiredValue(tier), ProjectFolders.Find(null, null, parsed.GetValue(results))));

        var redo = new Command("redo", "Measure one cell again, alone, and hold it against the stored runs. Ends with 0 equal, 1 not, 2 not but the bits are not promised here.") { cell, tier, seeds, data, cache, results, imageNet, offline, progress };
        redo.SetAction(parsed => new RedoCommand(
            parsed.GetRequiredValue(cell), parsed.GetRequiredValue(tier), parsed.GetRequiredValue(seeds), parsed.GetRequiredValue(progress),
            ProjectFolders.Find(parsed.GetValue(data), parsed.GetValue(cache), parsed.GetValue(results), parsed.GetValue(imageNet)), stop).Execute());

        var first = new Argument<string>("first") { Description = "Results folder of a tier (results/mini) or a table (results/mini/Table1)." };
        var second = new Argument<string>("second") { Description = "The one to compare it with." };
        var diff = new Command("diff", "Compare two results: what was done differently, which cells moved beyond chance. Ends with 0 none, 1 some, 2 not to be told.") { first, second };
        diff.SetAction(parsed => DiffCommand.Execute(parsed.GetRequiredValue(first), parsed.GetRequiredValue(second)));

        var output = new Option<string?>("--output") { Description = "The bundle to write; cmcd-repro-<tier>.zip here when absent." };
        var date = new Option<string?>("--date") { Description = "Day of publication in the bundle's metadata, as in 2026-01-31; that of the newest manifest when absent." };
        var bundle = new Command("bundle", "Put a tier's results, answers, experiment files and approved numbers into one file.") { tier, output, date, results };
        bundle.SetAction(parsed => BundleCommand.Execute(
            parsed.GetRequiredValue(tier), parsed.GetValue(output), parsed.GetValue(date), ProjectFolders.Find(null, null, parsed.GetValue(results))));

        var file = new Argument<string>("file") { Description = "A bundle." };
        var verifyBundle = new Command("verify-bundle", "Check a bundle offline, in any folder: every byte, then every number and verdict from the answers up.") { file };
        verifyBundle.SetAction(parsed => VerifyBundleCommand.Execute(parsed.GetRequiredValue(file)));

        var weightFile = new Argument<string>("file") { Description = "A weight file (.index, .pth, .safetensors), a stage's folder, or the folder of a TensorFlow checkpoint." };
        var encoderFile = new Option<string?>("--output") { Description = "The .safetensors or .pth to write; for an import, a file in the cache when absent." };
        var width = new Option<int?>("--width") { Description = "Refuse weights of another width: 64 is a 1x, 128 a 2x, 256 a 4x." };
        AtLeastOne(width);
        var inspect = new Command("inspect", "Say what a weight file holds, and what its encoder makes of fixed pictures.") { weightFile, threads };
        inspect.SetAction(parsed => WeightsCommand.Inspect(parsed.GetRequiredValue(weightFile), parsed.GetRequiredValue(threads)));
        var import = new Command("import", "Write the encoder of a weight file as safetensors.") { weightFile, width, encoderFile, cache };
        import.SetAction(parsed => WeightsCommand.Import(
            parsed.GetRequiredValue(weightFile), parsed.GetValue(width), parsed.GetValue(encoderFile), ProjectFolders.Find(null, parsed.GetValue(cache), null), stop));
        var exported = new Option<string>("--output") { Description = "The .pth or .safetensors to write.", Required = true };
        var export = new Command("export", "Write a trained encoder with torchvision's names for other programs.") { weightFile, exported };
        export.SetAction(parsed => WeightsCommand.Export(parsed.GetRequiredValue(weightFile), parsed.GetRequiredValue(exported), stop));
        var weights = new Command("weights", "Weights in and out: official SimCLR checkpoints, PyTorch state dicts, safetensors.") { inspect, import, export };

        var doctor = new Command("doctor", "Test what a run takes for granted: native library, speed, disk, memory, clock, data, GPU.") { device, threads, data, cache, results };
        doctor.SetAction(parsed => new DoctorCommand(
            ProjectFolders.Find(parsed.GetValue(data), parsed.GetValue(cache), parsed.GetValue(results)), parsed.GetRequiredValue(device), parsed.GetRequiredValue(threads)).Execute());

        var report = new Command("report", "Write report.html and report.json from a tier's results.") { tier, results, strict };
        report.SetAction(parsed => ReportCommand.Execute(ProjectFolders.Find(null, null, parsed.GetValue(results)), parsed.GetRequiredValue(tier), parsed.GetValue(strict)));

        var audit = new Command("audit", "Hold the paper's sentences against its own numbers.") { strict };
        audit.SetAction(parsed => AuditCommand.Execute(ProjectFolders.Find(null, null, null), parsed.GetValue(strict)));

        return new RootCommand("Re-runs the tables of arXiv 2405.03355, cross-modality distillation with contrastive learning.") { run, plan, reproduce, datasets, audit, verify, approve, report, bench, calibrate, explain, redo, diff, bundle, verifyBundle, weights, doctor };
    }

    private static Initialisation[]? InitsOf(string? init) => init switch
    {
        "source" => [Initialisation.Source],
        "random" => [Initialisation.Random],
        "both" => [Initialisation.Source, Initialisation.Random],
        _ => null,
    };

    private static Precision? PrecisionOf(string? precision) => precision is null ? null : Enum.Parse<Precision>(precision, ignoreCase: true);

    private static void OneOf(Option option, params string[] allowed) => option.Validators.Add(result => RefuseUnlessOneOf(result, allowed));

    private static void RefuseUnlessOneOf(System.CommandLine.Parsing.OptionResult result, string[] allowed)
    {
        if (result.Tokens is [var token] && !allowed.Contains(token.Value))
            result.AddError($"{result.Option.Name} is \"{token.Value}\". Allowed: {string.Join(", ", allowed)}.");
    }

    private static void AtLeastOne(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var value) || value < 1))
            result.AddError($"{option.Name} is \"{token.Value}\". Allowed: a whole number from 1.");
    });
}

// One target per file in experiments/, plus the fixed ones. Paths are relative to this folder.
var root = MakeAbsolute(Directory(".."));
var program = root.CombineWithFilePath("src/Cmcd.Repro/bin/Release/net10.0/Cmcd.Repro.dll");
var target = Argument("target", "List");

// Every option that some target takes; the program checks the values. Cake's own options pass by.
var options = new[] { "tier", "seeds", "columns", "device", "data", "cache", "results", "offline", "init", "threads", "precision", "split", "progress", "rounds", "filter", "table", "reason", "by", "variance", "output", "date", "strict", "width", "name", "sources", "imagenet" };

// Read by their targets here, not passed on.
var ownOptions = new[] { "cell", "first", "second", "file", "action" };
var cakeOptions = new[] { "target", "verbosity", "description", "tree", "dryrun", "exclusive", "settings_enablescriptcache" };

// Cake ends every failure with 1; the contract has more to say (0, 1, 2, 3, 4, 130), so the code of the failing process is carried out.
var exitCode = 0;

void Start(string file, ProcessArgumentBuilder arguments)
{
    var code = StartProcess(file, new ProcessSettings { Arguments = arguments, WorkingDirectory = root });
    if (code != 0) { exitCode = code; throw new CakeException($"{file} ended with exit code {code}."); }
}

void DotNet(string arguments) => Start("dotnet", new ProcessArgumentBuilder().Append(arguments));

string TestsWhere(string filter) => $"test Cmcd.Repro.sln -c Release --no-build --nologo --filter \"{filter}\"";

// All run to their end; the first failure's code is carried out.
void SideBySide(params string[] commands)
{
    var started = commands.Select(command => StartAndReturnProcess("dotnet", new ProcessSettings { Arguments = command, WorkingDirectory = root })).ToArray();
    foreach (var process in started) process.WaitForExit();
    exitCode = started.Select(process => process.GetExitCode()).FirstOrDefault(code => code != 0);
    if (exitCode != 0) throw new CakeException($"dotnet test ended with exit code {exitCode}.");
}

void Cmcd(params string[] command)
{
    var arguments = new ProcessArgumentBuilder().AppendQuoted(program.FullPath);
    foreach (var word in command) arguments.Append(word);
    foreach (var (name, values) in Context.Arguments.GetArguments().Where(argument => options.Contains(argument.Key)))
        foreach (var value in values) arguments.AppendQuoted(string.IsNullOrEmpty(value) ? $"--{name}" : $"--{name}={value}");
    Start("dotnet", arguments);
}

Task("Build")
    .Description("Compile program and tests; formatting and analyzers are part of it")
    .Does(() => DotNet("build Cmcd.Repro.sln -c Release -v quiet --nologo -clp:NoSummary"));

// Tests follow each other within a process, whose memory some of them watch, on one libtorch thread: two processes use two cores. Both halves take about eight minutes.
Task("Test")
    .Description("Run the whole test suite, in two processes side by side (--filter=... for a part of it, in one)")
    .IsDependentOn("Build")
    .Does(() =>
    {
        if (HasArgument("filter")) DotNet(TestsWhere(Argument<string>("filter")));
        else SideBySide(TestsWhere("FullyQualifiedName~.EndToEnd.&FullyQualifiedName!~.PaperTierTests."), TestsWhere("FullyQualifiedName!~.EndToEnd.|FullyQualifiedName~.PaperTierTests."));
    });

foreach (var file in GetFiles("../experiments/*.json").Where(file => file.GetFilename().ToString() != "claims.json").OrderBy(file => file.FullPath, StringComparer.Ordinal))
{
    var id = file.GetFilenameWithoutExtension().ToString();
    Task(id)
        .Description($"Run experiments/{id}.json: every cell, CSV and the table (--tier=smoke|mini --seeds=1 --init=source|random|both)")
        .IsDependentOn("Build")
        .Does(() => Cmcd("run", id));
}

Task("Plan")
    .Description("Say what would run and how long it takes here; runs nothing (--table=Table1|all --tier=mini --seeds=1)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("plan"));

Task("Reproduce")
    .Description("Run every experiment of experiments/, sharing stages: plan, tables, the plan's error (--tier=smoke|mini --seeds=1)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("reproduce"));

Task("Datasets")
    .Description("Verify the embedded data, list it with licences, draw contact sheets; fetch the paper's own data with --name=sketchy|...|all (--data=DIR --offline)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("datasets"));

Task("Verify")
    .Description("Hold results against the approved numbers: red names cell, values, tolerance and its origin (--tier=mini --table=Table1|all)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("verify"));

Task("Approve")
    .Description("Make results the approved numbers; the log keeps who, when and why (--reason=\"...\" --tier=mini --table=Table1 --variance=DIR)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("approve"));

Task("Report")
    .Description("Write results/<tier>/report.html and report.json (--tier=mini; --strict: the verdicts decide the exit code)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("report"));

Task("Audit")
    .Description("Hold the paper's sentences against its own numbers: seconds, no data (--strict: exit code 1 where one is contradicted)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("audit"));

Task("Bench")
    .Description("Time the mini student's training step, beside Debian's PyTorch where it is installed (--rounds=7)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("bench"));

Task("Calibrate")
    .Description("Measure the verdict engine on made-up results with a known truth (--rounds=1000)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("calibrate"));

Task("Doctor")
    .Description("Test what a run takes for granted: native library, speed, disk, memory, clock, data, GPU")
    .IsDependentOn("Build")
    .Does(() => Cmcd("doctor"));

Task("Explain")
    .Description("Say what made one number (--cell=Table1/CMC+LE/Sketchy --tier=mini)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("explain", $"\"{Argument<string>("cell")}\""));

Task("Redo")
    .Description("Measure one cell again and hold it against its stored runs (--cell=Table1/CMC+LE/Sketchy --tier=mini --seeds=1; --cache=DIR of an empty folder trains anew)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("redo", $"\"{Argument<string>("cell")}\""));

Task("Diff")
    .Description("Compare two results: what was done differently, which cells moved beyond chance (--first=DIR --second=DIR)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("diff", $"\"{Argument<string>("first")}\"", $"\"{Argument<string>("second")}\""));

Task("Bundle")
    .Description("Put a tier's results and everything to check them with into one file (--tier=mini --output=FILE.zip)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("bundle"));

Task("VerifyBundle")
    .Description("Check such a file: every byte, then every number and verdict (--file=FILE.zip)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("verify-bundle", $"\"{Argument<string>("file")}\""));

Task("Weights")
    .Description("Weights in and out (--action=inspect|import|export --file=FILE|FOLDER --output=FILE.pth|FILE.safetensors --width=64)")
    .IsDependentOn("Build")
    .Does(() => Cmcd("weights", $"\"{Argument("action", "inspect")}\"", $"\"{Argument<string>("file")}\""));

Task("List")
    .Description("List the targets")
    .Does(() =>
    {
        Console.WriteLine("./build.sh --target=<Target> [--tier=mini] [--seeds=1] [--device=cpu|cuda] [--cache=DIR] ...");
        Console.WriteLine();
        foreach (var task in Tasks) Console.WriteLine($"  {task.Name,-12} {task.Description}");
    });

var unknown = Context.Arguments.GetArguments().Keys.Where(name => !options.Contains(name) && !ownOptions.Contains(name) && !cakeOptions.Contains(name)).ToArray();
if (unknown.Length > 0)
{
    Console.Error.WriteLine($"Unknown option --{unknown[0]}. Known options: {string.Join(", ", options.Concat(ownOptions).Select(name => "--" + name))}.");
    Environment.Exit(3);
}

if (!Tasks.Any(task => string.Equals(task.Name, target, StringComparison.OrdinalIgnoreCase)))
{
    Console.Error.WriteLine($"Unknown target \"{target}\". Known targets: {string.Join(", ", Tasks.Select(task => task.Name))}.");
    Environment.Exit(3);
}

// The program answers Ctrl-C by saving its state; Cake waits for it and carries its code.
Console.CancelKeyPress += (_, press) => press.Cancel = true;
try
{
    RunTarget(target);
}
catch (Exception failure)
{
    if (exitCode == 0) { Console.Error.WriteLine(failure.Message); exitCode = 3; }
}

Environment.Exit(exitCode);

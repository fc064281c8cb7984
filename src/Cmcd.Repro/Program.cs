using Cmcd.Repro.Commands;

return CommandLine.Run(args);

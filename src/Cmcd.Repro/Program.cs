using Cmcd.Repro.Runtime;
using TorchSharp;

TorchRuntime.Start(2);
Console.WriteLine(torch.ones(3).sum().item<float>());

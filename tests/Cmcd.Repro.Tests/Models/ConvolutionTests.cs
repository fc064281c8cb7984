using Cmcd.Repro.Models;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

/// <summary>Both ways through the strided 1×1 convolution: pixels picked first (fewer than 16 channels) or by its stride.</summary>
public class ConvolutionTests
{
    private const int Images = 16, Side = 15, Outputs = 8;

    // Repeated, because what an operator writes past its buffer ends the process when a neighbour is freed, not at once.
    [Theory]
    [InlineData(1), InlineData(4), InlineData(12), InlineData(16), InlineData(20)]
    public void Strided_shortcut_equals_a_loop_in_output_and_gradients(int inputs)
    {
        for (var repetition = 0; repetition < 20; repetition++)
        {
            using var scope = NewDisposeScope();
            using var convolution = new Convolution(inputs, Outputs, kernel: 1, stride: 2, new WeightSource(7, WeightStream.Encoder));
            var x = ChannelsLast.Copy(arange((long)Images * inputs * Side * Side, dtype: float32).mul(0.7).sin().view(Images, inputs, Side, Side), ScalarType.Float32)
                .detach().requires_grad_(true);
            var pull = arange((long)Images * Outputs * 8 * 8, dtype: float32).mul(0.3).cos().view(Images, Outputs, 8, 8);
            var output = convolution.call(x);
            (output * pull).sum().backward();

            var (weight, seen, pulled) = (convolution.state_dict()["weight"], x.data<float>().ToArray(), pull.data<float>().ToArray());
            var weights = weight.contiguous().data<float>().ToArray();
            var (outputs, gradient, byInput) = (new float[Images * Outputs * 64], new float[Outputs * inputs], new float[seen.Length]);
            for (var place = 0; place < outputs.Length; place++)
            {
                var (image, to, row, column) = (place / (Outputs * 64), place / 64 % Outputs, place / 8 % 8, place % 8);
                double sum = 0;
                for (var from = 0; from < inputs; from++)
                {
                    var at = (((((image * inputs) + from) * Side) + (2 * row)) * Side) + (2 * column);
                    sum += (double)weights[(to * inputs) + from] * seen[at];
                    gradient[(to * inputs) + from] += seen[at] * pulled[place];
                    byInput[at] += weights[(to * inputs) + from] * pulled[place];
                }

                outputs[place] = (float)sum;
            }

            Equal(outputs, output);
            Equal(gradient, weight.grad!);
            Equal(byInput, x.grad!);
        }
    }

    private static void Equal(float[] expected, Tensor actual) =>
        Assert.InRange((tensor(expected).view(actual.shape) - actual).abs().max().item<float>(), 0, 1e-3f);
}

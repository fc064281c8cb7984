using Cmcd.Repro.Models;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace Cmcd.Repro.Tests.Models;

public class EncoderLifeTests
{
    private static readonly EncoderOptions Tiny = new(Architecture.ResNet18, 4, Stem.SmallStrided);

    [Theory]
    [InlineData(Architecture.ResNet18, Precision.Fp32)]
    [InlineData(Architecture.ResNet50, Precision.Bf16)]
    public void Twenty_training_steps_leave_no_tensor_behind(Architecture architecture, Precision precision)
    {
        using var encoder = new Encoder(Tiny with { Architecture = architecture, Precision = precision }, seed: 0);
        using var projector = Projector.SimClr((int)encoder.FeatureDimension, 8, seed: 0);
        Parameter[] parameters = [.. encoder.parameters(), .. projector.parameters()];
        using var step = (-0.01).ToScalar();
        using var x = FormulaWeights.Input(4, 3, 16, 16);
        Step();   // makes the gradients
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var before = Tensor.TotalCount;

        for (var count = 0; count < 20; count++) Step();

        Assert.Equal(before, Tensor.TotalCount);

        void Step()
        {
            using var scope = NewDisposeScope();
            var trace = encoder.Trace(x, batchStatistics: true);
            var loss = projector.call(trace.Features).square().mean() + trace.BatchStatistics[5].Variance.sum() + encoder.call(x).sum() + trace.Stages[1].sum();
            loss.backward();
            using var gradients = no_grad();
            foreach (var parameter in parameters)
            {
                parameter.add_(parameter.grad!, step);
                parameter.grad!.zero_();
            }
        }
    }

    [Fact]
    public void Without_gradients_a_forward_leaves_only_its_result()
    {
        using var encoder = new Encoder(Tiny, seed: 0).Frozen();
        using var x = FormulaWeights.Input(4, 3, 16, 16);
        var before = Tensor.TotalCount;
        using var features = encoder.call(x);

        Assert.Equal(before + 1, Tensor.TotalCount);
        Assert.False(features.requires_grad);
    }

    [Fact]
    public void Frozen_encoder_is_untouched_by_use_until_it_is_put_in_train_mode()
    {
        using var scope = NewDisposeScope();
        using var encoder = new Encoder(Tiny, seed: 0);
        var frozen = encoder.Frozen();
        var hash = StateDict.Hash(encoder);
        var x = FormulaWeights.Input(4, 3, 16, 16);

        Assert.Same(encoder, frozen);
        Assert.All(encoder.parameters(), parameter => Assert.False(parameter.requires_grad));
        encoder.call(x);
        encoder.Trace(x, batchStatistics: true);
        Assert.Equal(hash, StateDict.Hash(encoder));

        encoder.train();
        encoder.call(x);
        Assert.NotEqual(hash, StateDict.Hash(encoder));
    }

    [Fact]
    public void Modules_built_inside_a_dispose_scope_outlive_it()
    {
        Encoder encoder;
        Projector projector;
        LinearHead head;
        using (NewDisposeScope())
        {
            encoder = new Encoder(Tiny, seed: 0);
            projector = Projector.SimClr(32, 8, seed: 0);
            head = new LinearHead(8, 5, seed: 0);
        }

        using (encoder)
        using (projector)
        using (head)
        {
            using var scope = NewDisposeScope();
            Assert.Equal([4, 5], head.call(projector.call(encoder.call(FormulaWeights.Input(4, 3, 16, 16)))).shape);
        }
    }

    [Fact]
    public void Conversion_reaches_the_tensors_that_forward_uses()
    {
        using var scope = NewDisposeScope();
        using var head = new LinearHead(8, 5, seed: 0);
        using var projector = Projector.SimClr(8, 8, seed: 0);
        head.to(ScalarType.Float64);
        projector.to(ScalarType.Float64);

        Assert.Equal(ScalarType.Float64, head.call(projector.call(FormulaWeights.Input(4, 8).to(ScalarType.Float64))).dtype);
    }
}

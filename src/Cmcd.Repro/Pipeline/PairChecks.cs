using Cmcd.Repro.Datasets;
using Cmcd.Repro.Experiments;

namespace Cmcd.Repro.Pipeline;

/// <summary>What must be true before step 2 starts: every target has its source, and both sides fit the networks that read them.</summary>
internal static class PairChecks
{
    /// <exception cref="ReproException">Something does not fit; all faults in one message.</exception>
    public static void Require(PairedDataset pairs, EncoderSettings teacher, EncoderSettings student, Initialisation init)
    {
        var faults = Faults(pairs, teacher, student, init).ToList();
        if (faults.Count > 0) throw new ReproException($"Step 2 cannot start on {pairs.Name}: {string.Join(" ", faults)}");
    }

    private static IEnumerable<string> Faults(PairedDataset pairs, EncoderSettings teacher, EncoderSettings student, Initialisation init)
    {
        if (pairs.SourceOfTarget.Count != pairs.Target.Count)
            yield return $"{pairs.Target.Count} target items have {pairs.SourceOfTarget.Count} partners. Name one source item for each target item.";
        var odd = Enumerable.Range(0, pairs.SourceOfTarget.Count).FirstOrDefault(target => (uint)pairs.SourceOfTarget[target] >= (uint)pairs.Source.Count, -1);
        if (odd >= 0)
        {
            yield return $"Target item {odd} is unpaired: it names source item {pairs.SourceOfTarget[odd]} of {pairs.Source.Count} (0 to {pairs.Source.Count - 1}). "
                + "Add that source item or leave the target item out.";
        }

        if (pairs.Target.Frames != 1)
            yield return $"Target items are clips of {pairs.Target.Frames} frames; a student reads single images. Make the clips the source side.";
        if (pairs.Source.Channels != teacher.InputChannels)
            yield return $"Source images have {pairs.Source.Channels} channels, the teacher reads {teacher.InputChannels}. Change teacher.inputChannels.";
        if (pairs.Target.Channels != student.InputChannels)
            yield return $"Target images have {pairs.Target.Channels} channels, the student reads {student.InputChannels}. Change student.inputChannels.";
        if (init == Initialisation.Source && teacher with { Precision = student.Precision, SamePaddedPool = student.SamePaddedPool } != student)
            yield return $"The student cannot start from the weights of another network ({Text(teacher)} for {Text(student)}). Set inits to Random, or give both one network.";
    }

    private static string Text(EncoderSettings settings) =>
        $"{settings.Architecture}, width {settings.Width}, stem {settings.Stem}, {settings.InputChannels} channels";
}

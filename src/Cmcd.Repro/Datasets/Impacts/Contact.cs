namespace Cmcd.Repro.Datasets.Impacts;

/// <summary>Two things touch: seen in the frames, heard from this very moment on.</summary>
/// <param name="Time">Seconds from the start of the clip.</param>
/// <param name="Strength">Relative to the strongest of its kind, (0, 1].</param>
internal readonly record struct Contact(double Time, double Strength)
{
    /// <summary>Contacts at equal intervals until the end of the clip, each weaker than the one before by a factor.</summary>
    public static Contact[] Train(double first, double interval, double fade = 1)
    {
        var train = new List<Contact>();
        for (var (time, strength) = (first, 1.0); time < SimulatedEvent.Seconds; time += interval, strength *= fade) train.Add(new(time, strength));
        return [.. train];
    }
}

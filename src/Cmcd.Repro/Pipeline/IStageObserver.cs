namespace Cmcd.Repro.Pipeline;

/// <summary>Told what happens to each stage; the console is one.</summary>
public interface IStageObserver
{
    /// <summary>Another process holds the stage; this one waits for it.</summary>
    void Waiting(Stage stage);

    /// <summary>A stage starts to run, for the reason given.</summary>
    void Started(Stage stage, string reason);

    /// <summary>A training within a stage went one update further.</summary>
    void Progressed(Stage stage, StepProgress progress);

    /// <summary>A stage is done or was found stored.</summary>
    void Finished(StageOutput output);

    /// <summary>A stage could not be made.</summary>
    void Failed(Stage stage, string reason);
}

namespace Cmcd.Repro.Datasets.Nyu;

/// <summary>Which classes the 894 names of NYU-Depth V2 are put together to.</summary>
public enum NyuClasses
{
    /// <summary>40 classes of Gupta, Arbelaez and Malik (CVPR 2013): 37 things, and other structure, furniture and props.</summary>
    Forty,

    /// <summary>13 classes of Couprie et al. (ICLR 2013), made from the 40.</summary>
    Thirteen,
}

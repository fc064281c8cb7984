namespace Cmcd.Repro.Datasets.Scenes;

/// <summary>The 13 classes of NYU-Depth V2 in the order of its published 13-class map, from 0.</summary>
internal enum RoomClass : byte { Bed, Books, Ceiling, Chair, Floor, Furniture, Objects, Picture, Sofa, Table, Tv, Wall, Window }

namespace Answerprint.Provenance.Claims;

/// <summary>What the owner says of using the asset to train models or for data mining (cawg.training-mining): the same answer for every purpose.</summary>
public enum TrainingMiningUse
{
    /// <summary>Nothing is said; no assertion is written.</summary>
    Unstated,

    /// <summary>Allowed.</summary>
    Allowed,

    /// <summary>Not allowed.</summary>
    NotAllowed,
}

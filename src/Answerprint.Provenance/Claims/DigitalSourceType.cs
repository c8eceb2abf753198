namespace Answerprint.Provenance.Claims;

/// <summary>Terms of the IPTC vocabulary that says how media came to be (http://cv.iptc.org/newscodes/digitalsourcetype/), and one of C2PA's own.</summary>
public static class DigitalSourceType
{
    /// <summary>Made by a model that was trained on sampled content.</summary>
    public const string TrainedAlgorithmicMedia = Iptc + "trainedAlgorithmicMedia";

    /// <summary>Made by an algorithm that was not trained on sampled content.</summary>
    public const string AlgorithmicMedia = Iptc + "algorithmicMedia";

    /// <summary>A mix of elements, at least one of them made by a trained model.</summary>
    public const string CompositeWithTrainedAlgorithmicMedia = Iptc + "compositeWithTrainedAlgorithmicMedia";

    /// <summary>A mix of elements, at least one of them synthetic.</summary>
    public const string CompositeSynthetic = Iptc + "compositeSynthetic";

    /// <summary>A mix of captured elements.</summary>
    public const string CompositeCapture = Iptc + "compositeCapture";

    /// <summary>Captured from life by a digital camera.</summary>
    public const string DigitalCapture = Iptc + "digitalCapture";

    /// <summary>Captured from life and then changed by an algorithm.</summary>
    public const string AlgorithmicallyEnhanced = Iptc + "algorithmicallyEnhanced";

    /// <summary>Made by a person with digital tools.</summary>
    public const string DigitalCreation = Iptc + "digitalCreation";

    /// <summary>Changed or corrected by a person.</summary>
    public const string HumanEdits = Iptc + "humanEdits";

    /// <summary>No content yet: a blank canvas (C2PA 2.2, section 18.14.4.5).</summary>
    public const string Empty = "http://c2pa.org/digitalsourcetype/empty";

    private const string Iptc = "http://cv.iptc.org/newscodes/digitalsourcetype/";
}

namespace Answerprint.Provenance.Cbor;

/// <summary>How many data items may still be read from one manifest store: each byte can become an object, so a store of many encodings needs one limit over all.</summary>
internal sealed class CborBudget
{
    /// <summary>Most data items in all claims and assertions of a store.</summary>
    public const int MaxItemsPerStore = 500_000;

    private int left = MaxItemsPerStore;

    public bool TrySpend() => --left >= 0;
}

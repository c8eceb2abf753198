using Answerprint.Provenance.Cbor;
using Answerprint.Provenance.Jumbf;

namespace Answerprint.Provenance.Claims;

/// <summary>An assertion that a claim lists.</summary>
/// <param name="Reference">The hashed URI in the claim.</param>
/// <param name="Label">The label, the last step of the URI.</param>
/// <param name="Box">The assertion's box, when the URI leads to one in the same manifest.</param>
/// <param name="Data">Its content, when it is one well-formed CBOR item.</param>
internal sealed record AssertionReference(HashedUri Reference, string Label, JumbfSuperBox? Box, CborValue? Data);

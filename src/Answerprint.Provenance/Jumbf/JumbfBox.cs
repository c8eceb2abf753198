namespace Answerprint.Provenance.Jumbf;

/// <summary>A content box of a superbox: its four-character type and its payload.</summary>
internal readonly record struct JumbfBox(string Type, ReadOnlyMemory<byte> Payload);

using Answerprint.Provenance.Verification;

namespace Answerprint.Web.Verify;

/// <summary>What was found out about a file that somebody brought.</summary>
/// <param name="FileName">The name it came in.</param>
/// <param name="Length">Its size in bytes.</param>
/// <param name="Sha256">Of its bytes.</param>
/// <param name="Report">What its credential says and whether it holds.</param>
/// <param name="Released">Whether these very bytes are a release of this studio; none where they are not.</param>
public sealed record FileStory(string FileName, long Length, string Sha256, CredentialReport Report, ReleasedByUs? Released);

/// <summary>What anyone may know of a release: a title only while its pages show the picture.</summary>
/// <param name="On">When.</param>
/// <param name="TitleName">The title; empty where the picture is not published.</param>
/// <param name="TitleSlug">The last part of its address; empty likewise.</param>
public sealed record ReleasedByUs(DateTimeOffset On, string TitleName, string TitleSlug);

/// <summary>Why a file was not read.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Reason">In words, with the limit.</param>
public sealed record NotRead(int Status, string Reason);

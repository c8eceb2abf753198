using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>Paintings, boards and drafts of the studio.</summary>
[DbContext(typeof(AnswerprintDb))]
[Migration("0004_studio")]
public sealed class M0004Studio : FrozenSql;

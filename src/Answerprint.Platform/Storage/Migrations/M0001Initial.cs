using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>The first schema.</summary>
[DbContext(typeof(AnswerprintDb))]
[Migration("0001_initial")]
public sealed class M0001Initial : FrozenSql;

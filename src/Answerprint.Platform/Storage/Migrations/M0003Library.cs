using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>The library's index: looks, words, tags.</summary>
[DbContext(typeof(AnswerprintDb))]
[Migration("0003_library")]
public sealed class M0003Library : FrozenSql;

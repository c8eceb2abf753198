using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>Holds, withdrawals and remakes; an asset names its attribution map.</summary>
[DbContext(typeof(AnswerprintDb))]
[Migration("0002_withdrawal")]
public sealed class M0002Withdrawal : FrozenSql;

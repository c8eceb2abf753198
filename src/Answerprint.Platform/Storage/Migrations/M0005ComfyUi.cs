using Answerprint.Platform.Storage.Contracts;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace Answerprint.Platform.Storage.Migrations;

/// <summary>Registered ComfyUI workflows.</summary>
[DbContext(typeof(AnswerprintDb))]
[Migration("0005_comfyui")]
public sealed class M0005ComfyUi : FrozenSql;

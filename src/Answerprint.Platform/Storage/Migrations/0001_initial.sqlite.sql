CREATE TABLE "artworks" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_artworks" PRIMARY KEY,
    "TitleId" TEXT NOT NULL,
    "AssetId" TEXT NOT NULL,
    "AttributionId" TEXT NOT NULL,
    "JobId" TEXT NOT NULL,
    "Aspect" TEXT NOT NULL,
    "Variant" INTEGER NOT NULL,
    "HasTitle" INTEGER NOT NULL,
    "ExplanationJson" TEXT NOT NULL,
    "Kept" INTEGER NULL,
    "ReleaseId" TEXT NULL,
    "IsPublished" INTEGER NOT NULL
);


CREATE TABLE "AspNetRoles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetRoles" PRIMARY KEY,
    "Name" TEXT NULL,
    "NormalizedName" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL
);


CREATE TABLE "AspNetUsers" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_AspNetUsers" PRIMARY KEY,
    "DisplayName" TEXT NOT NULL,
    "IsService" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ClosedAt" INTEGER NULL,
    "UserName" TEXT NULL,
    "NormalizedUserName" TEXT NULL,
    "Email" TEXT NULL,
    "NormalizedEmail" TEXT NULL,
    "EmailConfirmed" INTEGER NOT NULL,
    "PasswordHash" TEXT NULL,
    "SecurityStamp" TEXT NULL,
    "ConcurrencyStamp" TEXT NULL,
    "PhoneNumber" TEXT NULL,
    "PhoneNumberConfirmed" INTEGER NOT NULL,
    "TwoFactorEnabled" INTEGER NOT NULL,
    "LockoutEnd" INTEGER NULL,
    "LockoutEnabled" INTEGER NOT NULL,
    "AccessFailedCount" INTEGER NOT NULL
);


CREATE TABLE "assets" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_assets" PRIMARY KEY,
    "ProductionId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "MediaType" TEXT NOT NULL,
    "BlobSha256" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    "Frames" INTEGER NOT NULL,
    "FrameRate" TEXT NOT NULL,
    "StartTimecode" TEXT NOT NULL,
    "ProbeJson" TEXT NOT NULL,
    "DigitalSource" TEXT NOT NULL,
    "PixelSha256" TEXT NOT NULL,
    "Owner" TEXT NOT NULL,
    "Rights" TEXT NOT NULL,
    "Licence" TEXT NOT NULL,
    "RightsFrom" INTEGER NULL,
    "RightsUntil" INTEGER NULL,
    "ContributorRelease" TEXT NOT NULL,
    "Performers" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "StateReason" TEXT NOT NULL,
    "JobId" TEXT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "Shares_Blended" INTEGER NOT NULL,
    "Shares_Copied" INTEGER NOT NULL,
    "Shares_NotAttributable" INTEGER NOT NULL,
    "Shares_Painted" INTEGER NOT NULL,
    "Shares_Rendered" INTEGER NOT NULL
);


CREATE TABLE "audit" (
    "Number" INTEGER NOT NULL CONSTRAINT "PK_audit" PRIMARY KEY,
    "At" INTEGER NOT NULL,
    "ActorId" TEXT NOT NULL,
    "ActorName" TEXT NOT NULL,
    "Action" TEXT NOT NULL,
    "SubjectKind" TEXT NOT NULL,
    "SubjectId" TEXT NOT NULL,
    "DetailsJson" TEXT NOT NULL,
    "PreviousSha256" TEXT NOT NULL,
    "Sha256" TEXT NOT NULL
);


CREATE TABLE "decisions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_decisions" PRIMARY KEY,
    "Stage" TEXT NOT NULL,
    "JobId" TEXT NOT NULL,
    "JobHash" TEXT NOT NULL,
    "AssetId" TEXT NULL,
    "ProductionId" TEXT NOT NULL,
    "Use" TEXT NOT NULL,
    "Answer" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "EscalatedTo" TEXT NOT NULL,
    "ExplanationJson" TEXT NOT NULL,
    "FactsJson" TEXT NOT NULL,
    "Packs" TEXT NOT NULL,
    "RequestedBy" TEXT NOT NULL,
    "RequestedAt" INTEGER NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" INTEGER NULL,
    "Comment" TEXT NOT NULL
);


CREATE TABLE "impressions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_impressions" PRIMARY KEY,
    "ProfileId" TEXT NOT NULL,
    "TitleId" TEXT NOT NULL,
    "ArtworkId" TEXT NULL,
    "Row" TEXT NOT NULL,
    "RowPosition" INTEGER NOT NULL,
    "Position" INTEGER NOT NULL,
    "Probability" REAL NOT NULL,
    "Policy" TEXT NOT NULL,
    "AtMs" INTEGER NOT NULL
);


CREATE TABLE "jobs" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_jobs" PRIMARY KEY,
    "Hash" TEXT NOT NULL,
    "Run" INTEGER NOT NULL,
    "Recipe" TEXT NOT NULL,
    "RecipeVersion" INTEGER NOT NULL,
    "Engine" TEXT NOT NULL,
    "ParametersJson" TEXT NOT NULL,
    "InputsJson" TEXT NOT NULL,
    "Seed" INTEGER NOT NULL,
    "Use" TEXT NOT NULL,
    "ProductionId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "DecisionId" TEXT NOT NULL,
    "State" TEXT NOT NULL,
    "Priority" INTEGER NOT NULL,
    "Progress" REAL NOT NULL,
    "Phase" TEXT NOT NULL,
    "Attempts" INTEGER NOT NULL,
    "NotBefore" INTEGER NULL,
    "LeaseOwner" TEXT NOT NULL,
    "LeaseUntil" INTEGER NULL,
    "CancelRequested" INTEGER NOT NULL,
    "Error" TEXT NOT NULL,
    "ResultJson" TEXT NOT NULL,
    "Grade" TEXT NOT NULL,
    "PixelSha256" TEXT NOT NULL,
    "MadeEarlier" INTEGER NOT NULL,
    "Reproduced" INTEGER NULL,
    "CpuSeconds" REAL NOT NULL,
    "Seconds" REAL NOT NULL,
    "RequestedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "StartedAt" INTEGER NULL,
    "FinishedAt" INTEGER NULL
);


CREATE TABLE "plays" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_plays" PRIMARY KEY,
    "ProfileId" TEXT NOT NULL,
    "TitleId" TEXT NOT NULL,
    "ImpressionId" TEXT NULL,
    "StartedAtMs" INTEGER NOT NULL,
    "WatchedMs" INTEGER NOT NULL,
    "PositionMs" INTEGER NOT NULL,
    "Finished" INTEGER NOT NULL
);


CREATE TABLE "productions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_productions" PRIMARY KEY,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "ColourConfig" TEXT NOT NULL,
    "IsSample" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL
);


CREATE TABLE "setup_links" (
    "SecretSha256" TEXT NOT NULL CONSTRAINT "PK_setup_links" PRIMARY KEY,
    "AccountId" TEXT NULL,
    "ExpiresAt" INTEGER NOT NULL,
    "UsedAt" INTEGER NULL
);


CREATE TABLE "titles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_titles" PRIMARY KEY,
    "Slug" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "ReleasedAt" INTEGER NULL,
    "RuntimeMinutes" INTEGER NULL,
    "Genre" TEXT NOT NULL,
    "Director" TEXT NOT NULL,
    "Distributor" TEXT NOT NULL,
    "Rating" TEXT NOT NULL,
    "Logline" TEXT NOT NULL,
    "Synopsis" TEXT NOT NULL,
    "FactsFrom" TEXT NOT NULL,
    "ProductionId" TEXT NULL,
    "AddedAt" INTEGER NOT NULL
);


CREATE TABLE "AspNetRoleClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetRoleClaims" PRIMARY KEY AUTOINCREMENT,
    "RoleId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetRoleClaims_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE
);


CREATE TABLE "api_keys" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_api_keys" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Prefix" TEXT NOT NULL,
    "SecretSha256" TEXT NOT NULL,
    "Scopes" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ExpiresAt" INTEGER NULL,
    "RevokedAt" INTEGER NULL,
    CONSTRAINT "FK_api_keys_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserClaims" (
    "Id" INTEGER NOT NULL CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY AUTOINCREMENT,
    "UserId" TEXT NOT NULL,
    "ClaimType" TEXT NULL,
    "ClaimValue" TEXT NULL,
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" TEXT NOT NULL,
    "ProviderKey" TEXT NOT NULL,
    "ProviderDisplayName" TEXT NULL,
    "UserId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserPasskeys" (
    "CredentialId" BLOB NOT NULL CONSTRAINT "PK_AspNetUserPasskeys" PRIMARY KEY,
    "UserId" TEXT NOT NULL,
    "Data" TEXT NOT NULL,
    CONSTRAINT "FK_AspNetUserPasskeys_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserRoles" (
    "UserId" TEXT NOT NULL,
    "RoleId" TEXT NOT NULL,
    CONSTRAINT "PK_AspNetUserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_AspNetUserRoles_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AspNetUserRoles_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserTokens" (
    "UserId" TEXT NOT NULL,
    "LoginProvider" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Value" TEXT NULL,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "viewer_profiles" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_viewer_profiles" PRIMARY KEY,
    "AccountId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Palette" INTEGER NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_viewer_profiles_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "asset_inputs" (
    "AssetId" TEXT NOT NULL,
    "SourceId" TEXT NOT NULL,
    "Part" TEXT NOT NULL,
    "ShareMillionths" INTEGER NOT NULL,
    CONSTRAINT "PK_asset_inputs" PRIMARY KEY ("AssetId", "SourceId", "Part"),
    CONSTRAINT "FK_asset_inputs_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_inputs_assets_SourceId" FOREIGN KEY ("SourceId") REFERENCES "assets" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "releases" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_releases" PRIMARY KEY,
    "AssetId" TEXT NOT NULL,
    "Use" TEXT NOT NULL,
    "DecisionId" TEXT NOT NULL,
    "BlobSha256" TEXT NOT NULL,
    "Length" INTEGER NOT NULL,
    "MediaType" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    "ManifestLabel" TEXT NOT NULL,
    "ReleasedBy" TEXT NOT NULL,
    "ReleasedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_releases_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE RESTRICT
);


CREATE TABLE "renditions" (
    "AssetId" TEXT NOT NULL,
    "Kind" TEXT NOT NULL,
    "BlobSha256" TEXT NOT NULL,
    "MediaType" TEXT NOT NULL,
    "Width" INTEGER NOT NULL,
    "Height" INTEGER NOT NULL,
    "Tiles" INTEGER NOT NULL,
    CONSTRAINT "PK_renditions" PRIMARY KEY ("AssetId", "Kind"),
    CONSTRAINT "FK_renditions_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "sequence_frames" (
    "AssetId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "BlobSha256" TEXT NOT NULL,
    "FileName" TEXT NOT NULL,
    CONSTRAINT "PK_sequence_frames" PRIMARY KEY ("AssetId", "Number"),
    CONSTRAINT "FK_sequence_frames_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);


CREATE TABLE "scenes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_scenes" PRIMARY KEY,
    "ProductionId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    CONSTRAINT "FK_scenes_productions_ProductionId" FOREIGN KEY ("ProductionId") REFERENCES "productions" ("Id") ON DELETE CASCADE
);


CREATE TABLE "shots" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_shots" PRIMARY KEY,
    "SceneId" TEXT NOT NULL,
    "Code" TEXT NOT NULL,
    "Description" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    CONSTRAINT "FK_shots_scenes_SceneId" FOREIGN KEY ("SceneId") REFERENCES "scenes" ("Id") ON DELETE CASCADE
);


CREATE TABLE "shot_versions" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_shot_versions" PRIMARY KEY,
    "ShotId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "AssetId" TEXT NOT NULL,
    "Status" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    "ReviewedBy" TEXT NULL,
    "ReviewedAt" INTEGER NULL,
    CONSTRAINT "FK_shot_versions_shots_ShotId" FOREIGN KEY ("ShotId") REFERENCES "shots" ("Id") ON DELETE CASCADE
);


CREATE TABLE "review_notes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_review_notes" PRIMARY KEY,
    "VersionId" TEXT NOT NULL,
    "AuthorId" TEXT NOT NULL,
    "Text" TEXT NOT NULL,
    "Frame" INTEGER NULL,
    "DrawingJson" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_review_notes_shot_versions_VersionId" FOREIGN KEY ("VersionId") REFERENCES "shot_versions" ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_api_keys_AccountId" ON "api_keys" ("AccountId");


CREATE UNIQUE INDEX "IX_api_keys_SecretSha256" ON "api_keys" ("SecretSha256");


CREATE INDEX "IX_artworks_AssetId" ON "artworks" ("AssetId");


CREATE INDEX "IX_artworks_JobId" ON "artworks" ("JobId");


CREATE INDEX "IX_artworks_TitleId_IsPublished" ON "artworks" ("TitleId", "IsPublished");


CREATE INDEX "IX_AspNetRoleClaims_RoleId" ON "AspNetRoleClaims" ("RoleId");


CREATE UNIQUE INDEX "RoleNameIndex" ON "AspNetRoles" ("NormalizedName");


CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");


CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");


CREATE INDEX "IX_AspNetUserPasskeys_UserId" ON "AspNetUserPasskeys" ("UserId");


CREATE INDEX "IX_AspNetUserRoles_RoleId" ON "AspNetUserRoles" ("RoleId");


CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");


CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");


CREATE INDEX "IX_asset_inputs_SourceId" ON "asset_inputs" ("SourceId");


CREATE INDEX "IX_assets_BlobSha256" ON "assets" ("BlobSha256");


CREATE INDEX "IX_assets_JobId" ON "assets" ("JobId");


CREATE INDEX "IX_assets_ProductionId" ON "assets" ("ProductionId");


CREATE INDEX "IX_audit_SubjectKind_SubjectId" ON "audit" ("SubjectKind", "SubjectId");


CREATE INDEX "IX_decisions_AssetId" ON "decisions" ("AssetId");


CREATE INDEX "IX_decisions_JobId" ON "decisions" ("JobId");


CREATE INDEX "IX_decisions_State_EscalatedTo" ON "decisions" ("State", "EscalatedTo");


CREATE INDEX "IX_impressions_ProfileId_AtMs" ON "impressions" ("ProfileId", "AtMs");


CREATE UNIQUE INDEX "IX_jobs_Hash_Run" ON "jobs" ("Hash", "Run");


CREATE INDEX "IX_jobs_ProductionId_CreatedAt" ON "jobs" ("ProductionId", "CreatedAt");


CREATE INDEX "IX_jobs_State_Priority" ON "jobs" ("State", "Priority");


CREATE INDEX "IX_plays_ProfileId_StartedAtMs" ON "plays" ("ProfileId", "StartedAtMs");


CREATE UNIQUE INDEX "IX_productions_Code" ON "productions" ("Code");


CREATE INDEX "IX_releases_AssetId" ON "releases" ("AssetId");


CREATE INDEX "IX_releases_BlobSha256" ON "releases" ("BlobSha256");


CREATE INDEX "IX_review_notes_VersionId" ON "review_notes" ("VersionId");


CREATE UNIQUE INDEX "IX_scenes_ProductionId_Code" ON "scenes" ("ProductionId", "Code");


CREATE INDEX "IX_shot_versions_AssetId" ON "shot_versions" ("AssetId");


CREATE UNIQUE INDEX "IX_shot_versions_ShotId_Number" ON "shot_versions" ("ShotId", "Number");


CREATE UNIQUE INDEX "IX_shots_SceneId_Code" ON "shots" ("SceneId", "Code");


CREATE INDEX "IX_titles_Genre_ReleasedAt" ON "titles" ("Genre", "ReleasedAt");


CREATE INDEX "IX_titles_ProductionId" ON "titles" ("ProductionId");


CREATE INDEX "IX_titles_ReleasedAt" ON "titles" ("ReleasedAt");


CREATE UNIQUE INDEX "IX_titles_Slug" ON "titles" ("Slug");


CREATE INDEX "IX_viewer_profiles_AccountId" ON "viewer_profiles" ("AccountId");



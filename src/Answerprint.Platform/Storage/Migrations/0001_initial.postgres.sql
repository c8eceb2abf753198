CREATE TABLE artworks (
    "Id" uuid NOT NULL,
    "TitleId" uuid NOT NULL,
    "AssetId" uuid NOT NULL,
    "AttributionId" uuid NOT NULL,
    "JobId" uuid NOT NULL,
    "Aspect" text NOT NULL,
    "Variant" integer NOT NULL,
    "HasTitle" boolean NOT NULL,
    "ExplanationJson" text NOT NULL,
    "Kept" boolean,
    "ReleaseId" uuid,
    "IsPublished" boolean NOT NULL,
    CONSTRAINT "PK_artworks" PRIMARY KEY ("Id")
);


CREATE TABLE "AspNetRoles" (
    "Id" uuid NOT NULL,
    "Name" character varying(256),
    "NormalizedName" character varying(256),
    "ConcurrencyStamp" text,
    CONSTRAINT "PK_AspNetRoles" PRIMARY KEY ("Id")
);


CREATE TABLE "AspNetUsers" (
    "Id" uuid NOT NULL,
    "DisplayName" character varying(120) NOT NULL,
    "IsService" boolean NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "ClosedAt" bigint,
    "UserName" character varying(256),
    "NormalizedUserName" character varying(256),
    "Email" character varying(256),
    "NormalizedEmail" character varying(256),
    "EmailConfirmed" boolean NOT NULL,
    "PasswordHash" text,
    "SecurityStamp" text,
    "ConcurrencyStamp" text,
    "PhoneNumber" text,
    "PhoneNumberConfirmed" boolean NOT NULL,
    "TwoFactorEnabled" boolean NOT NULL,
    "LockoutEnd" bigint,
    "LockoutEnabled" boolean NOT NULL,
    "AccessFailedCount" integer NOT NULL,
    CONSTRAINT "PK_AspNetUsers" PRIMARY KEY ("Id")
);


CREATE TABLE assets (
    "Id" uuid NOT NULL,
    "ProductionId" uuid NOT NULL,
    "Kind" character varying(40) NOT NULL,
    "Name" character varying(400) NOT NULL,
    "FileName" text NOT NULL,
    "MediaType" text NOT NULL,
    "BlobSha256" text NOT NULL,
    "Length" bigint NOT NULL,
    "Width" integer NOT NULL,
    "Height" integer NOT NULL,
    "Frames" bigint NOT NULL,
    "FrameRate" text NOT NULL,
    "StartTimecode" text NOT NULL,
    "ProbeJson" text NOT NULL,
    "DigitalSource" text NOT NULL,
    "PixelSha256" text NOT NULL,
    "Owner" text NOT NULL,
    "Rights" character varying(40) NOT NULL,
    "Licence" text NOT NULL,
    "RightsFrom" bigint,
    "RightsUntil" bigint,
    "ContributorRelease" text NOT NULL,
    "Performers" character varying(40) NOT NULL,
    "State" character varying(40) NOT NULL,
    "StateReason" text NOT NULL,
    "JobId" uuid,
    "CreatedBy" uuid NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "Shares_Blended" integer NOT NULL,
    "Shares_Copied" integer NOT NULL,
    "Shares_NotAttributable" integer NOT NULL,
    "Shares_Painted" integer NOT NULL,
    "Shares_Rendered" integer NOT NULL,
    CONSTRAINT "PK_assets" PRIMARY KEY ("Id")
);


CREATE TABLE audit (
    "Number" bigint NOT NULL,
    "At" bigint NOT NULL,
    "ActorId" uuid NOT NULL,
    "ActorName" text NOT NULL,
    "Action" text NOT NULL,
    "SubjectKind" text NOT NULL,
    "SubjectId" text NOT NULL,
    "DetailsJson" text NOT NULL,
    "PreviousSha256" text NOT NULL,
    "Sha256" text NOT NULL,
    CONSTRAINT "PK_audit" PRIMARY KEY ("Number")
);


CREATE TABLE decisions (
    "Id" uuid NOT NULL,
    "Stage" character varying(40) NOT NULL,
    "JobId" uuid NOT NULL,
    "JobHash" text NOT NULL,
    "AssetId" uuid,
    "ProductionId" uuid NOT NULL,
    "Use" character varying(40) NOT NULL,
    "Answer" character varying(40) NOT NULL,
    "State" character varying(40) NOT NULL,
    "EscalatedTo" text NOT NULL,
    "ExplanationJson" text NOT NULL,
    "FactsJson" text NOT NULL,
    "Packs" text NOT NULL,
    "RequestedBy" uuid NOT NULL,
    "RequestedAt" bigint NOT NULL,
    "DecidedBy" uuid,
    "DecidedAt" bigint,
    "Comment" text NOT NULL,
    CONSTRAINT "PK_decisions" PRIMARY KEY ("Id")
);


CREATE TABLE impressions (
    "Id" uuid NOT NULL,
    "ProfileId" uuid NOT NULL,
    "TitleId" uuid NOT NULL,
    "ArtworkId" uuid,
    "Row" character varying(120) NOT NULL,
    "RowPosition" integer NOT NULL,
    "Position" integer NOT NULL,
    "Probability" double precision NOT NULL,
    "Policy" text NOT NULL,
    "AtMs" bigint NOT NULL,
    CONSTRAINT "PK_impressions" PRIMARY KEY ("Id")
);


CREATE TABLE jobs (
    "Id" uuid NOT NULL,
    "Hash" text NOT NULL,
    "Run" integer NOT NULL,
    "Recipe" text NOT NULL,
    "RecipeVersion" integer NOT NULL,
    "Engine" text NOT NULL,
    "ParametersJson" text NOT NULL,
    "InputsJson" text NOT NULL,
    "Seed" bigint NOT NULL,
    "Use" character varying(40) NOT NULL,
    "ProductionId" uuid NOT NULL,
    "Name" character varying(400) NOT NULL,
    "DecisionId" uuid NOT NULL,
    "State" character varying(40) NOT NULL,
    "Priority" integer NOT NULL,
    "Progress" double precision NOT NULL,
    "Phase" text NOT NULL,
    "Attempts" integer NOT NULL,
    "NotBefore" bigint,
    "LeaseOwner" text NOT NULL,
    "LeaseUntil" bigint,
    "CancelRequested" boolean NOT NULL,
    "Error" text NOT NULL,
    "ResultJson" text NOT NULL,
    "Grade" character varying(40) NOT NULL,
    "PixelSha256" text NOT NULL,
    "MadeEarlier" boolean NOT NULL,
    "Reproduced" boolean,
    "CpuSeconds" double precision NOT NULL,
    "Seconds" double precision NOT NULL,
    "RequestedBy" uuid NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "StartedAt" bigint,
    "FinishedAt" bigint,
    CONSTRAINT "PK_jobs" PRIMARY KEY ("Id")
);


CREATE TABLE plays (
    "Id" uuid NOT NULL,
    "ProfileId" uuid NOT NULL,
    "TitleId" uuid NOT NULL,
    "ImpressionId" uuid,
    "StartedAtMs" bigint NOT NULL,
    "WatchedMs" bigint NOT NULL,
    "PositionMs" bigint NOT NULL,
    "Finished" boolean NOT NULL,
    CONSTRAINT "PK_plays" PRIMARY KEY ("Id")
);


CREATE TABLE productions (
    "Id" uuid NOT NULL,
    "Code" character varying(8) NOT NULL,
    "Name" character varying(200) NOT NULL,
    "ColourConfig" text NOT NULL,
    "IsSample" boolean NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_productions" PRIMARY KEY ("Id")
);


CREATE TABLE setup_links (
    "SecretSha256" text NOT NULL,
    "AccountId" uuid,
    "ExpiresAt" bigint NOT NULL,
    "UsedAt" bigint,
    CONSTRAINT "PK_setup_links" PRIMARY KEY ("SecretSha256")
);


CREATE TABLE titles (
    "Id" uuid NOT NULL,
    "Slug" character varying(160) NOT NULL,
    "Name" character varying(400) NOT NULL,
    "ReleasedAt" bigint,
    "RuntimeMinutes" integer,
    "Genre" text NOT NULL,
    "Director" text NOT NULL,
    "Distributor" text NOT NULL,
    "Rating" text NOT NULL,
    "Logline" text NOT NULL,
    "Synopsis" text NOT NULL,
    "FactsFrom" text NOT NULL,
    "ProductionId" uuid,
    "AddedAt" bigint NOT NULL,
    CONSTRAINT "PK_titles" PRIMARY KEY ("Id")
);


CREATE TABLE "AspNetRoleClaims" (
    "Id" integer GENERATED BY DEFAULT AS IDENTITY,
    "RoleId" uuid NOT NULL,
    "ClaimType" text,
    "ClaimValue" text,
    CONSTRAINT "PK_AspNetRoleClaims" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_AspNetRoleClaims_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE
);


CREATE TABLE api_keys (
    "Id" uuid NOT NULL,
    "AccountId" uuid NOT NULL,
    "Name" character varying(120) NOT NULL,
    "Prefix" text NOT NULL,
    "SecretSha256" text NOT NULL,
    "Scopes" text NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "ExpiresAt" bigint,
    "RevokedAt" bigint,
    CONSTRAINT "PK_api_keys" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_api_keys_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserClaims" (
    "Id" integer GENERATED BY DEFAULT AS IDENTITY,
    "UserId" uuid NOT NULL,
    "ClaimType" text,
    "ClaimValue" text,
    CONSTRAINT "PK_AspNetUserClaims" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_AspNetUserClaims_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserLogins" (
    "LoginProvider" text NOT NULL,
    "ProviderKey" text NOT NULL,
    "ProviderDisplayName" text,
    "UserId" uuid NOT NULL,
    CONSTRAINT "PK_AspNetUserLogins" PRIMARY KEY ("LoginProvider", "ProviderKey"),
    CONSTRAINT "FK_AspNetUserLogins_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserPasskeys" (
    "CredentialId" bytea NOT NULL,
    "UserId" uuid NOT NULL,
    "Data" jsonb NOT NULL,
    CONSTRAINT "PK_AspNetUserPasskeys" PRIMARY KEY ("CredentialId"),
    CONSTRAINT "FK_AspNetUserPasskeys_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserRoles" (
    "UserId" uuid NOT NULL,
    "RoleId" uuid NOT NULL,
    CONSTRAINT "PK_AspNetUserRoles" PRIMARY KEY ("UserId", "RoleId"),
    CONSTRAINT "FK_AspNetUserRoles_AspNetRoles_RoleId" FOREIGN KEY ("RoleId") REFERENCES "AspNetRoles" ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_AspNetUserRoles_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE "AspNetUserTokens" (
    "UserId" uuid NOT NULL,
    "LoginProvider" text NOT NULL,
    "Name" text NOT NULL,
    "Value" text,
    CONSTRAINT "PK_AspNetUserTokens" PRIMARY KEY ("UserId", "LoginProvider", "Name"),
    CONSTRAINT "FK_AspNetUserTokens_AspNetUsers_UserId" FOREIGN KEY ("UserId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE viewer_profiles (
    "Id" uuid NOT NULL,
    "AccountId" uuid NOT NULL,
    "Name" character varying(60) NOT NULL,
    "Palette" integer NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_viewer_profiles" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_viewer_profiles_AspNetUsers_AccountId" FOREIGN KEY ("AccountId") REFERENCES "AspNetUsers" ("Id") ON DELETE CASCADE
);


CREATE TABLE asset_inputs (
    "AssetId" uuid NOT NULL,
    "SourceId" uuid NOT NULL,
    "Part" text NOT NULL,
    "ShareMillionths" integer NOT NULL,
    CONSTRAINT "PK_asset_inputs" PRIMARY KEY ("AssetId", "SourceId", "Part"),
    CONSTRAINT "FK_asset_inputs_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE,
    CONSTRAINT "FK_asset_inputs_assets_SourceId" FOREIGN KEY ("SourceId") REFERENCES assets ("Id") ON DELETE RESTRICT
);


CREATE TABLE releases (
    "Id" uuid NOT NULL,
    "AssetId" uuid NOT NULL,
    "Use" text NOT NULL,
    "DecisionId" uuid NOT NULL,
    "BlobSha256" text NOT NULL,
    "Length" bigint NOT NULL,
    "MediaType" text NOT NULL,
    "FileName" text NOT NULL,
    "ManifestLabel" text NOT NULL,
    "ReleasedBy" uuid NOT NULL,
    "ReleasedAt" bigint NOT NULL,
    CONSTRAINT "PK_releases" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_releases_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE RESTRICT
);


CREATE TABLE renditions (
    "AssetId" uuid NOT NULL,
    "Kind" character varying(40) NOT NULL,
    "BlobSha256" text NOT NULL,
    "MediaType" text NOT NULL,
    "Width" integer NOT NULL,
    "Height" integer NOT NULL,
    "Tiles" integer NOT NULL,
    CONSTRAINT "PK_renditions" PRIMARY KEY ("AssetId", "Kind"),
    CONSTRAINT "FK_renditions_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE sequence_frames (
    "AssetId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "BlobSha256" text NOT NULL,
    "FileName" text NOT NULL,
    CONSTRAINT "PK_sequence_frames" PRIMARY KEY ("AssetId", "Number"),
    CONSTRAINT "FK_sequence_frames_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);


CREATE TABLE scenes (
    "Id" uuid NOT NULL,
    "ProductionId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Name" text NOT NULL,
    CONSTRAINT "PK_scenes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_scenes_productions_ProductionId" FOREIGN KEY ("ProductionId") REFERENCES productions ("Id") ON DELETE CASCADE
);


CREATE TABLE shots (
    "Id" uuid NOT NULL,
    "SceneId" uuid NOT NULL,
    "Code" text NOT NULL,
    "Description" text NOT NULL,
    "Status" character varying(40) NOT NULL,
    CONSTRAINT "PK_shots" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_shots_scenes_SceneId" FOREIGN KEY ("SceneId") REFERENCES scenes ("Id") ON DELETE CASCADE
);


CREATE TABLE shot_versions (
    "Id" uuid NOT NULL,
    "ShotId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "AssetId" uuid NOT NULL,
    "Status" character varying(40) NOT NULL,
    "CreatedBy" uuid NOT NULL,
    "CreatedAt" bigint NOT NULL,
    "ReviewedBy" uuid,
    "ReviewedAt" bigint,
    CONSTRAINT "PK_shot_versions" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_shot_versions_shots_ShotId" FOREIGN KEY ("ShotId") REFERENCES shots ("Id") ON DELETE CASCADE
);


CREATE TABLE review_notes (
    "Id" uuid NOT NULL,
    "VersionId" uuid NOT NULL,
    "AuthorId" uuid NOT NULL,
    "Text" text NOT NULL,
    "Frame" bigint,
    "DrawingJson" text NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_review_notes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_review_notes_shot_versions_VersionId" FOREIGN KEY ("VersionId") REFERENCES shot_versions ("Id") ON DELETE CASCADE
);


CREATE INDEX "IX_api_keys_AccountId" ON api_keys ("AccountId");


CREATE UNIQUE INDEX "IX_api_keys_SecretSha256" ON api_keys ("SecretSha256");


CREATE INDEX "IX_artworks_AssetId" ON artworks ("AssetId");


CREATE INDEX "IX_artworks_JobId" ON artworks ("JobId");


CREATE INDEX "IX_artworks_TitleId_IsPublished" ON artworks ("TitleId", "IsPublished");


CREATE INDEX "IX_AspNetRoleClaims_RoleId" ON "AspNetRoleClaims" ("RoleId");


CREATE UNIQUE INDEX "RoleNameIndex" ON "AspNetRoles" ("NormalizedName");


CREATE INDEX "IX_AspNetUserClaims_UserId" ON "AspNetUserClaims" ("UserId");


CREATE INDEX "IX_AspNetUserLogins_UserId" ON "AspNetUserLogins" ("UserId");


CREATE INDEX "IX_AspNetUserPasskeys_UserId" ON "AspNetUserPasskeys" ("UserId");


CREATE INDEX "IX_AspNetUserRoles_RoleId" ON "AspNetUserRoles" ("RoleId");


CREATE INDEX "EmailIndex" ON "AspNetUsers" ("NormalizedEmail");


CREATE UNIQUE INDEX "UserNameIndex" ON "AspNetUsers" ("NormalizedUserName");


CREATE INDEX "IX_asset_inputs_SourceId" ON asset_inputs ("SourceId");


CREATE INDEX "IX_assets_BlobSha256" ON assets ("BlobSha256");


CREATE INDEX "IX_assets_JobId" ON assets ("JobId");


CREATE INDEX "IX_assets_ProductionId" ON assets ("ProductionId");


CREATE INDEX "IX_audit_SubjectKind_SubjectId" ON audit ("SubjectKind", "SubjectId");


CREATE INDEX "IX_decisions_AssetId" ON decisions ("AssetId");


CREATE INDEX "IX_decisions_JobId" ON decisions ("JobId");


CREATE INDEX "IX_decisions_State_EscalatedTo" ON decisions ("State", "EscalatedTo");


CREATE INDEX "IX_impressions_ProfileId_AtMs" ON impressions ("ProfileId", "AtMs");


CREATE UNIQUE INDEX "IX_jobs_Hash_Run" ON jobs ("Hash", "Run");


CREATE INDEX "IX_jobs_ProductionId_CreatedAt" ON jobs ("ProductionId", "CreatedAt");


CREATE INDEX "IX_jobs_State_Priority" ON jobs ("State", "Priority");


CREATE INDEX "IX_plays_ProfileId_StartedAtMs" ON plays ("ProfileId", "StartedAtMs");


CREATE UNIQUE INDEX "IX_productions_Code" ON productions ("Code");


CREATE INDEX "IX_releases_AssetId" ON releases ("AssetId");


CREATE INDEX "IX_releases_BlobSha256" ON releases ("BlobSha256");


CREATE INDEX "IX_review_notes_VersionId" ON review_notes ("VersionId");


CREATE UNIQUE INDEX "IX_scenes_ProductionId_Code" ON scenes ("ProductionId", "Code");


CREATE INDEX "IX_shot_versions_AssetId" ON shot_versions ("AssetId");


CREATE UNIQUE INDEX "IX_shot_versions_ShotId_Number" ON shot_versions ("ShotId", "Number");


CREATE UNIQUE INDEX "IX_shots_SceneId_Code" ON shots ("SceneId", "Code");


CREATE INDEX "IX_titles_Genre_ReleasedAt" ON titles ("Genre", "ReleasedAt");


CREATE INDEX "IX_titles_ProductionId" ON titles ("ProductionId");


CREATE INDEX "IX_titles_ReleasedAt" ON titles ("ReleasedAt");


CREATE UNIQUE INDEX "IX_titles_Slug" ON titles ("Slug");


CREATE INDEX "IX_viewer_profiles_AccountId" ON viewer_profiles ("AccountId");



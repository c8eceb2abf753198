ALTER TABLE "assets" ADD COLUMN "AttributionId" TEXT NULL;

-- Artwork knew its map; from now on every asset does.
UPDATE assets SET "AttributionId" = (SELECT w."AttributionId" FROM artworks w WHERE w."AssetId" = assets."Id" ORDER BY w."Id" LIMIT 1)
WHERE EXISTS (SELECT 1 FROM artworks w WHERE w."AssetId" = assets."Id");

CREATE TABLE "asset_holds" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_asset_holds" PRIMARY KEY,
    "AssetId" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "Consequence" TEXT NOT NULL,
    "WithdrawalId" TEXT NULL,
    "PlacedBy" TEXT NOT NULL,
    "PlacedAt" INTEGER NOT NULL,
    "LiftedBy" TEXT NULL,
    "LiftedAt" INTEGER NULL,
    CONSTRAINT "FK_asset_holds_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);

CREATE TABLE "withdrawals" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_withdrawals" PRIMARY KEY,
    "AssetId" TEXT NULL,
    "Owner" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "Reason" TEXT NOT NULL,
    "Sources" INTEGER NOT NULL,
    "Dependents" INTEGER NOT NULL,
    "StoppedJobs" INTEGER NOT NULL,
    "MadeBy" TEXT NOT NULL,
    "MadeAt" INTEGER NOT NULL,
    "RestoreReason" TEXT NOT NULL,
    "RestoredBy" TEXT NULL,
    "RestoredAt" INTEGER NULL
);

CREATE TABLE "remakes" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_remakes" PRIMARY KEY,
    "WithdrawalId" TEXT NOT NULL,
    "OldJobId" TEXT NOT NULL,
    "NewJobId" TEXT NULL,
    "State" TEXT NOT NULL,
    "WaitsForId" TEXT NULL,
    "Steps" INTEGER NOT NULL,
    "Note" TEXT NOT NULL,
    CONSTRAINT "FK_remakes_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES "withdrawals" ("Id") ON DELETE CASCADE
);

CREATE TABLE "withdrawn_assets" (
    "WithdrawalId" TEXT NOT NULL,
    "AssetId" TEXT NOT NULL,
    "Steps" INTEGER NOT NULL,
    "ShareMillionths" INTEGER NOT NULL,
    CONSTRAINT "PK_withdrawn_assets" PRIMARY KEY ("WithdrawalId", "AssetId"),
    CONSTRAINT "FK_withdrawn_assets_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES "withdrawals" ("Id") ON DELETE CASCADE
);

CREATE TABLE "withdrawn_publications" (
    "WithdrawalId" TEXT NOT NULL,
    "ArtworkId" TEXT NOT NULL,
    "AssetId" TEXT NOT NULL,
    CONSTRAINT "PK_withdrawn_publications" PRIMARY KEY ("WithdrawalId", "ArtworkId"),
    CONSTRAINT "FK_withdrawn_publications_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES "withdrawals" ("Id") ON DELETE CASCADE
);

CREATE TABLE "remade_assets" (
    "RemakeId" TEXT NOT NULL,
    "OldAssetId" TEXT NOT NULL,
    "NewAssetId" TEXT NULL,
    "State" TEXT NOT NULL,
    "ReviewedBy" TEXT NULL,
    "ReviewedAt" INTEGER NULL,
    CONSTRAINT "PK_remade_assets" PRIMARY KEY ("RemakeId", "OldAssetId"),
    CONSTRAINT "FK_remade_assets_remakes_RemakeId" FOREIGN KEY ("RemakeId") REFERENCES "remakes" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_asset_holds_AssetId" ON "asset_holds" ("AssetId");

CREATE INDEX "IX_asset_holds_WithdrawalId" ON "asset_holds" ("WithdrawalId");

CREATE INDEX "IX_assets_Owner" ON "assets" ("Owner");

CREATE INDEX "IX_remade_assets_OldAssetId" ON "remade_assets" ("OldAssetId");

CREATE INDEX "IX_remakes_State" ON "remakes" ("State");

CREATE INDEX "IX_remakes_WithdrawalId" ON "remakes" ("WithdrawalId");

CREATE INDEX "IX_withdrawals_MadeAt" ON "withdrawals" ("MadeAt");

CREATE INDEX "IX_withdrawn_assets_AssetId" ON "withdrawn_assets" ("AssetId");

-- What was taken down before holds were kept has one from now on, and what was made from it follows it, however far.
INSERT INTO asset_holds ("Id", "AssetId", "Reason", "Consequence", "PlacedBy", "PlacedAt")
SELECT "Id", "Id", "StateReason", 'Made from "' || "Name" || '", which was taken down: ' || "StateReason", "CreatedBy", "CreatedAt" FROM assets WHERE "State" = 'Quarantined';

UPDATE assets SET "State" = 'Quarantined', "StateReason" = 'Made from something that was taken down'
WHERE "State" = 'Active' AND "Id" IN (
    WITH RECURSIVE reached("Id") AS (
        SELECT "AssetId" FROM asset_holds
        UNION SELECT i."AssetId" FROM reached r JOIN asset_inputs i ON i."SourceId" = r."Id")
    SELECT "Id" FROM reached);

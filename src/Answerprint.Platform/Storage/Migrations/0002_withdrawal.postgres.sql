ALTER TABLE assets ADD COLUMN "AttributionId" uuid;

-- Artwork knew its map; from now on every asset does.
UPDATE assets SET "AttributionId" = (SELECT w."AttributionId" FROM artworks w WHERE w."AssetId" = assets."Id" ORDER BY w."Id" LIMIT 1)
WHERE EXISTS (SELECT 1 FROM artworks w WHERE w."AssetId" = assets."Id");

CREATE TABLE asset_holds (
    "Id" uuid NOT NULL,
    "AssetId" uuid NOT NULL,
    "Reason" text NOT NULL,
    "Consequence" text NOT NULL,
    "WithdrawalId" uuid,
    "PlacedBy" uuid NOT NULL,
    "PlacedAt" bigint NOT NULL,
    "LiftedBy" uuid,
    "LiftedAt" bigint,
    CONSTRAINT "PK_asset_holds" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_asset_holds_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);

CREATE TABLE withdrawals (
    "Id" uuid NOT NULL,
    "AssetId" uuid,
    "Owner" text NOT NULL,
    "Name" text NOT NULL,
    "Reason" text NOT NULL,
    "Sources" integer NOT NULL,
    "Dependents" integer NOT NULL,
    "StoppedJobs" integer NOT NULL,
    "MadeBy" uuid NOT NULL,
    "MadeAt" bigint NOT NULL,
    "RestoreReason" text NOT NULL,
    "RestoredBy" uuid,
    "RestoredAt" bigint,
    CONSTRAINT "PK_withdrawals" PRIMARY KEY ("Id")
);

CREATE TABLE remakes (
    "Id" uuid NOT NULL,
    "WithdrawalId" uuid NOT NULL,
    "OldJobId" uuid NOT NULL,
    "NewJobId" uuid,
    "State" character varying(40) NOT NULL,
    "WaitsForId" uuid,
    "Steps" integer NOT NULL,
    "Note" text NOT NULL,
    CONSTRAINT "PK_remakes" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_remakes_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES withdrawals ("Id") ON DELETE CASCADE
);

CREATE TABLE withdrawn_assets (
    "WithdrawalId" uuid NOT NULL,
    "AssetId" uuid NOT NULL,
    "Steps" integer NOT NULL,
    "ShareMillionths" integer NOT NULL,
    CONSTRAINT "PK_withdrawn_assets" PRIMARY KEY ("WithdrawalId", "AssetId"),
    CONSTRAINT "FK_withdrawn_assets_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES withdrawals ("Id") ON DELETE CASCADE
);

CREATE TABLE withdrawn_publications (
    "WithdrawalId" uuid NOT NULL,
    "ArtworkId" uuid NOT NULL,
    "AssetId" uuid NOT NULL,
    CONSTRAINT "PK_withdrawn_publications" PRIMARY KEY ("WithdrawalId", "ArtworkId"),
    CONSTRAINT "FK_withdrawn_publications_withdrawals_WithdrawalId" FOREIGN KEY ("WithdrawalId") REFERENCES withdrawals ("Id") ON DELETE CASCADE
);

CREATE TABLE remade_assets (
    "RemakeId" uuid NOT NULL,
    "OldAssetId" uuid NOT NULL,
    "NewAssetId" uuid,
    "State" character varying(40) NOT NULL,
    "ReviewedBy" uuid,
    "ReviewedAt" bigint,
    CONSTRAINT "PK_remade_assets" PRIMARY KEY ("RemakeId", "OldAssetId"),
    CONSTRAINT "FK_remade_assets_remakes_RemakeId" FOREIGN KEY ("RemakeId") REFERENCES remakes ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_asset_holds_AssetId" ON asset_holds ("AssetId");

CREATE INDEX "IX_asset_holds_WithdrawalId" ON asset_holds ("WithdrawalId");

CREATE INDEX "IX_assets_Owner" ON assets ("Owner");

CREATE INDEX "IX_remade_assets_OldAssetId" ON remade_assets ("OldAssetId");

CREATE INDEX "IX_remakes_State" ON remakes ("State");

CREATE INDEX "IX_remakes_WithdrawalId" ON remakes ("WithdrawalId");

CREATE INDEX "IX_withdrawals_MadeAt" ON withdrawals ("MadeAt");

CREATE INDEX "IX_withdrawn_assets_AssetId" ON withdrawn_assets ("AssetId");

-- What was taken down before holds were kept has one from now on, and what was made from it follows it, however far.
INSERT INTO asset_holds ("Id", "AssetId", "Reason", "Consequence", "PlacedBy", "PlacedAt")
SELECT "Id", "Id", "StateReason", 'Made from "' || "Name" || '", which was taken down: ' || "StateReason", "CreatedBy", "CreatedAt" FROM assets WHERE "State" = 'Quarantined';

UPDATE assets SET "State" = 'Quarantined', "StateReason" = 'Made from something that was taken down'
WHERE "State" = 'Active' AND "Id" IN (
    WITH RECURSIVE reached("Id") AS (
        SELECT "AssetId" FROM asset_holds
        UNION SELECT i."AssetId" FROM reached r JOIN asset_inputs i ON i."SourceId" = r."Id")
    SELECT "Id" FROM reached);

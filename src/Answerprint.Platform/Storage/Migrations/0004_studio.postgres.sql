CREATE TABLE paintings (
    "AssetId" uuid NOT NULL,
    "Kind" character varying(40) NOT NULL,
    "OverId" uuid,
    "Strokes" integer NOT NULL,
    "ToolsJson" text NOT NULL,
    "PaintedBy" uuid NOT NULL,
    "PaintedAt" bigint NOT NULL,
    CONSTRAINT "PK_paintings" PRIMARY KEY ("AssetId"),
    CONSTRAINT "FK_paintings_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES assets ("Id") ON DELETE CASCADE
);

CREATE TABLE studio_boards (
    "Id" uuid NOT NULL,
    "ProductionId" uuid NOT NULL,
    "Name" character varying(200) NOT NULL,
    "WishJson" text NOT NULL,
    "CreatedBy" uuid NOT NULL,
    "CreatedAt" bigint NOT NULL,
    CONSTRAINT "PK_studio_boards" PRIMARY KEY ("Id")
);

CREATE TABLE studio_drafts (
    "Id" uuid NOT NULL,
    "BoardId" uuid NOT NULL,
    "JobId" uuid NOT NULL,
    "Number" integer NOT NULL,
    "ParentId" uuid,
    "Kept" boolean,
    "Note" character varying(1000) NOT NULL,
    "DecidedBy" uuid,
    "DecidedAt" bigint,
    CONSTRAINT "PK_studio_drafts" PRIMARY KEY ("Id"),
    CONSTRAINT "FK_studio_drafts_jobs_JobId" FOREIGN KEY ("JobId") REFERENCES jobs ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_studio_drafts_studio_boards_BoardId" FOREIGN KEY ("BoardId") REFERENCES studio_boards ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_studio_boards_ProductionId" ON studio_boards ("ProductionId");

CREATE INDEX "IX_studio_drafts_BoardId" ON studio_drafts ("BoardId");

CREATE INDEX "IX_studio_drafts_JobId" ON studio_drafts ("JobId");

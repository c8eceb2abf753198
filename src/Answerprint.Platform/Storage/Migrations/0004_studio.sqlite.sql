CREATE TABLE "paintings" (
    "AssetId" TEXT NOT NULL CONSTRAINT "PK_paintings" PRIMARY KEY,
    "Kind" TEXT NOT NULL,
    "OverId" TEXT NULL,
    "Strokes" INTEGER NOT NULL,
    "ToolsJson" TEXT NOT NULL,
    "PaintedBy" TEXT NOT NULL,
    "PaintedAt" INTEGER NOT NULL,
    CONSTRAINT "FK_paintings_assets_AssetId" FOREIGN KEY ("AssetId") REFERENCES "assets" ("Id") ON DELETE CASCADE
);

CREATE TABLE "studio_boards" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_studio_boards" PRIMARY KEY,
    "ProductionId" TEXT NOT NULL,
    "Name" TEXT NOT NULL,
    "WishJson" TEXT NOT NULL,
    "CreatedBy" TEXT NOT NULL,
    "CreatedAt" INTEGER NOT NULL
);

CREATE TABLE "studio_drafts" (
    "Id" TEXT NOT NULL CONSTRAINT "PK_studio_drafts" PRIMARY KEY,
    "BoardId" TEXT NOT NULL,
    "JobId" TEXT NOT NULL,
    "Number" INTEGER NOT NULL,
    "ParentId" TEXT NULL,
    "Kept" INTEGER NULL,
    "Note" TEXT NOT NULL,
    "DecidedBy" TEXT NULL,
    "DecidedAt" INTEGER NULL,
    CONSTRAINT "FK_studio_drafts_jobs_JobId" FOREIGN KEY ("JobId") REFERENCES "jobs" ("Id") ON DELETE RESTRICT,
    CONSTRAINT "FK_studio_drafts_studio_boards_BoardId" FOREIGN KEY ("BoardId") REFERENCES "studio_boards" ("Id") ON DELETE CASCADE
);

CREATE INDEX "IX_studio_boards_ProductionId" ON "studio_boards" ("ProductionId");

CREATE INDEX "IX_studio_drafts_BoardId" ON "studio_drafts" ("BoardId");

CREATE INDEX "IX_studio_drafts_JobId" ON "studio_drafts" ("JobId");
